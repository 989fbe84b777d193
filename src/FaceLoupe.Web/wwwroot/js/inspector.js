// What the networks saw of one face.

import { crops } from "./api.js";
import { drawWindow } from "./list.js";
import { px } from "./words.js";

const AHEAD = 6; // faces asked for at once: whoever looks at one often looks at the next

const byId = id => document.getElementById(id);

export class Inspector {
  /** @param {{shown: Function, closed: Function}} on */
  constructor(on) {
    this.on = on;
    this.dialog = byId("inspector");
    byId("close").addEventListener("click", () => this.dialog.close());
    byId("previous").addEventListener("click", () => this.walk(-1));
    byId("next").addEventListener("click", () => this.walk(1));
    this.dialog.addEventListener("click", event => {
      if (event.target === this.dialog && event.offsetX < 0) {
        this.dialog.close();
      }
    });
    this.dialog.addEventListener("keydown", event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step) {
        event.preventDefault();
        this.walk(step);
      }
    });
    this.dialog.addEventListener("close", () => {
      this.abort?.abort();
      on.closed(this.face, this.opener);
    });
  }

  /** Opens a face; afterwards the keyboard goes back to where it was opened from. */
  open(session, face, opener) {
    this.session = session;
    this.opener = opener;
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
    byId("inspector-title").focus();
    this.#show(face);
  }

  walk(step) {
    const shown = this.session.shown;
    const index = shown.indexOf(this.face);
    this.opener = null;
    this.#show(shown[(index + step + shown.length) % shown.length]);
  }

  #show(face) {
    this.face = face;
    const { session } = this;
    const shown = session.shown;
    byId("inspector-title").textContent = `Face ${shown.indexOf(face) + 1} of ${shown.length}`;
    byId("inspector-lead").textContent =
      `${px(face.width)} × ${px(face.height)} px at ${Math.round(face.x)}, ${Math.round(face.y)}`;
    this.#scores(face);
    byId("surroundings").replaceChildren(this.#surroundings(face));
    byId("tiles").replaceChildren();
    byId("inspector-note").textContent = "";
    byId("inspector-wait").textContent = "";
    this.on.shown(face);
    this.#load(face, shown);
  }

  async #load(face, shown) {
    const { session } = this;
    this.abort?.abort();
    if (!session.crops.has(face)) {
      const wait = setTimeout(() => {
        byId("inspector-wait").textContent = "Running the networks again…";
      }, 400);
      this.abort = new AbortController();
      const index = shown.indexOf(face);
      const wanted = shown.slice(index, index + AHEAD).filter(other => !session.crops.has(other));
      try {
        const answer = await crops(session.file, wanted.map(other => other.proposal), this.abort.signal);
        wanted.forEach((other, i) => session.crops.set(other, { ...answer, ...answer.crops[i] }));
      } catch (fault) {
        if (fault.name !== "AbortError" && this.face === face) {
          byId("inspector-wait").textContent = `The crops are not available: ${fault.message}`;
        }
        return;
      } finally {
        clearTimeout(wait);
      }
    }
    if (this.face === face) {
      this.#crops(session.crops.get(face));
    }
  }

  #surroundings(face) {
    const figure = document.createElement("figure");
    figure.className = "wide";
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [896, 448];
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", "The face and its surroundings in the image");
    if (this.session.bitmap) {
      const view = drawWindow(canvas, this.session, face, 2.6);
      const context = canvas.getContext("2d");
      for (const [box, colour, dash] of [[face.proposal, "#56b4e9", [10, 8]], [face, "#f0e442", []]]) {
        const { scale, left, top } = view;
        const at = [box.x * scale + left, box.y * scale + top, box.width * scale, box.height * scale];
        context.setLineDash([]);
        context.lineWidth = 6;
        context.strokeStyle = "rgba(0, 0, 0, 0.55)";
        context.strokeRect(...at);
        context.setLineDash(dash);
        context.lineWidth = 3;
        context.strokeStyle = colour;
        context.strokeRect(...at);
      }
    }
    const yellow = face.stage2Logit === null ? "as reported; stage 2 did not run" : "as moved by stage 2";
    figure.append(canvas, caption("In the image", `dashed blue: as proposed by stage 1; yellow: ${yellow}`));
    return figure;
  }

  #crops(seen) {
    byId("inspector-wait").textContent = "";
    const { lowResolution: low, highResolution: high } = seen;
    const tiles = seen.sharp
      ? [[seen.judged, "The crop itself", `${high} × ${high} px, large enough without the generator`]]
      : [
          [seen.low, "Low resolution", `${low} × ${low} px, what the generator got`],
          [seen.bicubic, "Bicubic", `${high} × ${high} px, without a network`],
          [seen.upsampled, "Up-sampled (G1)", `${high} × ${high} px, after the first net`],
          [seen.judged, "Refined (G1 + G2)", `${high} × ${high} px, what the discriminator saw`],
        ];
    byId("tiles").replaceChildren(...tiles.map(([png, title, detail]) => {
      const figure = document.createElement("figure");
      const image = document.createElement("img");
      image.src = `data:image/png;base64,${png}`;
      image.alt = `${title}: ${detail}`;
      figure.append(image, caption(title, detail));
      return figure;
    }));
    byId("inspector-note").textContent = `Photograph or generated? The discriminator's other head says `
      + `${seen.realLogit.toFixed(2)} as a logit: ${seen.realLogit >= 0 ? "a photograph" : "generated"}.`;
  }

  #scores(face) {
    byId("scores").replaceChildren(...[
      ["Stage 1: proposal", face.stage1Logit, face.stage1Score],
      ["Stage 2: discriminator", face.stage2Logit, face.stage2Score],
      ["Together", face.logit, face.score],
    ].filter(([, logit]) => logit !== null).map(([name, logit, score]) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = name;
      const meter = document.createElement("meter");
      meter.value = score;
      meter.setAttribute("aria-label", `${name}: score ${score.toFixed(3)}`);
      row.append(head, number(logit.toFixed(2)), number(score.toFixed(3)), document.createElement("td"));
      row.lastChild.append(meter);
      return row;
    }));
  }
}

function number(text) {
  const cell = document.createElement("td");
  cell.className = "number";
  cell.textContent = text;
  return cell;
}

function caption(title, detail) {
  const made = document.createElement("figcaption");
  const small = document.createElement("small");
  small.textContent = detail;
  made.append(title, small);
  return made;
}
