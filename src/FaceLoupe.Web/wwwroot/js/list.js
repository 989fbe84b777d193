// The faces as a table: what the image shows, for whoever cannot see it or would rather read.

import { px } from "./words.js";

const THUMB = 72;

export class FaceList {
  constructor(body, choose) {
    this.body = body;
    this.choose = choose;
    this.rows = new Map();

    // Hundreds of small images: each is drawn when it first comes into sight.
    this.sight = new IntersectionObserver(entries => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
          this.sight.unobserve(target);
          this.#draw(target);
        }
      }
    }, { rootMargin: "200px" });
  }

  /** Makes the rows of a finished image. */
  fill(session) {
    this.sight.disconnect();
    this.session = session;
    this.rows = new Map(session.faces.map((face, i) => [face, this.#row(face, i)]));
    this.body.replaceChildren(...this.rows.values());
    this.update();
  }

  clear() {
    this.rows.clear();
    this.body.replaceChildren();
  }

  /** Shows the faces that count. */
  update() {
    for (const [face, row] of this.rows) {
      row.hidden = face.score < this.session.threshold;
    }
  }

  /** Highlights a face's row. */
  select(face) {
    for (const [other, row] of this.rows) {
      row.classList.toggle("chosen", other === face);
    }
  }

  /** The button that opens a face, if it can be seen. */
  buttonOf(face) {
    const row = this.rows.get(face);
    return row && !row.hidden ? row.querySelector("button") : null;
  }

  #row(face, index) {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", `Inspect face ${index + 1}`);
    const thumb = document.createElement("canvas");
    thumb.width = thumb.height = THUMB;
    thumb.setAttribute("aria-hidden", "true");
    thumb.face = face;
    button.append(thumb, String(index + 1));
    button.addEventListener("click", () => this.choose(face, button));
    head.append(button);
    row.append(head);
    for (const [text, kind] of [
      [face.score.toFixed(3), "number"],
      [`${px(face.width)} × ${px(face.height)}`, "number"],
      [`${Math.round(face.x)}, ${Math.round(face.y)}`, "number place"],
    ]) {
      const cell = document.createElement("td");
      cell.className = kind;
      cell.textContent = text;
      row.append(cell);
    }
    this.sight.observe(thumb);
    return row;
  }

  #draw(thumb) {
    if (this.session.bitmap) {
      drawWindow(thumb, this.session, thumb.face, 1.5);
    }
  }
}

/** Draws the surroundings of a face, filling a canvas; returns how to get from the image to the canvas. */
export function drawWindow(canvas, session, face, factor) {
  const context = canvas.getContext("2d");
  const side = Math.max(face.width, face.height) * factor;
  const scale = Math.min(canvas.width, canvas.height) / side;
  const left = canvas.width / 2 - (face.x + face.width / 2) * scale;
  const top = canvas.height / 2 - (face.y + face.height / 2) * scale;
  context.imageSmoothingEnabled = scale < 3;
  context.imageSmoothingQuality = "high";

  // Only the part that shows: browsers scale the rest of a large image as well.
  const from = {
    x: Math.max(0, -left / scale),
    y: Math.max(0, -top / scale),
    right: Math.min(session.width, (canvas.width - left) / scale),
    bottom: Math.min(session.height, (canvas.height - top) / scale),
  };
  const shrunk = session.bitmap.width / session.width;
  context.drawImage(
    session.bitmap,
    from.x * shrunk, from.y * shrunk, (from.right - from.x) * shrunk, (from.bottom - from.y) * shrunk,
    from.x * scale + left, from.y * scale + top, (from.right - from.x) * scale, (from.bottom - from.y) * scale);
  return { scale, left, top };
}
