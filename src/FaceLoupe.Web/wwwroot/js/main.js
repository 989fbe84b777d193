// Puts the page together: a picture comes in, the server's lines go into the session, and everything shows it.

import { detect, models, Problem } from "./api.js";
import { saveBlurred, saveCsv, saveJson, saveMarked } from "./downloads.js";
import { drawHistogram } from "./histogram.js";
import { Inspector } from "./inspector.js";
import { attachIntake, pixelsOf } from "./intake.js";
import { FaceList } from "./list.js";
import { Session } from "./session.js";
import { Viewer } from "./viewer.js";
import { faces as countOf, megabytes } from "./words.js";

const byId = id => document.getElementById(id);
const canvas = byId("view");

let threshold = 0.5;
let maskingScore = 0; // until the server has told: rather too many masks
let limits = null;
let session = null;
let work = null; // the detection under way

const viewer = new Viewer(canvas, {
  choose: face => open(face, canvas),
  moved: scale => { byId("zoom").value = `${Math.round(scale * 100)} %`; },
  walk: step => {
    const shown = session.shown;
    if (shown.length > 0) {
      const face = shown[(shown.indexOf(viewer.selected) + step + shown.length) % shown.length];
      viewer.reveal(face);
      list.select(face);
      say(`Face ${shown.indexOf(face) + 1} of ${shown.length}, score ${face.score.toFixed(2)}, `
        + `${Math.round(face.width)} by ${Math.round(face.height)} pixels. Enter opens it.`);
    }
  },
  toggleFrames: () => byId("show-boxes").click(),
});
const list = new FaceList(byId("rows"), (face, button) => open(face, button));
const inspector = new Inspector({
  shown: face => {
    const dialog = byId("inspector").getBoundingClientRect();
    const stage = canvas.getBoundingClientRect();
    const below = dialog.width >= stage.width - 1;
    viewer.reveal(
      face, below ? 0 : Math.max(0, stage.right - dialog.left), below ? Math.max(0, stage.bottom - dialog.top) : 0);
    list.select(face);
  },
  closed: (face, opener) => opener ? opener.focus() : list.focus(face),
});

function open(face, opener) {
  if (session.finished) {
    inspector.open(session, face, opener);
  }
}

function say(text) {
  byId("status").textContent = text;
}

function problem(title, detail, again = null) {
  byId("problem").hidden = false;
  byId("problem-title").textContent = title;
  byId("problem-detail").textContent = detail;
  byId("retry").hidden = again === null;
  byId("retry").onclick = () => {
    byId("problem").hidden = true;
    again();
  };
}

byId("dismiss").addEventListener("click", () => {
  byId("problem").hidden = true;
  (session ? canvas : byId("choose")).focus();
});

async function take(file, complaint) {
  work?.abort();
  byId("problem").hidden = true;
  if (!file) {
    problem("No picture", complaint);
    return;
  }
  if (limits && file.size > limits.maxUploadBytes) {
    problem("The picture is too large",
      `${megabytes(file.size)} are more than the ${megabytes(limits.maxUploadBytes)} this server takes.`);
    return;
  }

  const abort = work = new AbortController();
  const bitmap = await pixelsOf(file);
  if (abort.signal.aborted) {
    return;
  }
  session?.bitmap?.close();
  session = new Session(file, bitmap, Number(byId("score").value), maskingScore);
  byId("welcome").hidden = true;
  byId("another").hidden = byId("tools").hidden = canvas.hidden = false;
  byId("faces").hidden = byId("save").hidden = true;
  byId("help").open = false;
  list.clear();
  viewer.show(session);
  byId("score").disabled = false;
  await detection(file, abort);
}

async function detection(file, abort) {
  const mine = session;
  const started = performance.now();
  progress("Sending the picture…");
  update();
  try {
    for await (const line of detect(file, abort.signal)) {
      if (line.type === "problem") {
        throw new Problem(line.problem);
      }
      const had = mine.width;
      mine.take(line);
      if (mine.width !== had) {
        viewer.fit();
      }
      tell(line, mine);
      update();
    }
    if (!mine.finished) {
      throw new Error("The server broke off.");
    }
    finish(mine, (performance.now() - started) / 1000);
  } catch (fault) {
    if (abort.signal.aborted) {
      return;
    }
    mine.pending.clear();
    update();
    say("");
    byId("count").replaceChildren(strong("Not finished"));
    const title = fault instanceof Problem ? fault.title : "The server does not answer";
    const lasting = ["not-a-picture", "bad-picture", "too-large"].includes(fault.code);
    problem(title, fault.message, lasting ? null : () => take(file));
  } finally {
    if (work === abort) {
      byId("progress").hidden = true;
    }
  }
}

function progress(text, value) {
  byId("progress").hidden = false;
  byId("progress-text").textContent = text;
  const bar = byId("progress-bar");
  if (value === undefined) {
    bar.removeAttribute("value");
  } else {
    bar.value = value;
  }
}

function tell(line, { proposals, done }) {
  switch (line.type) {
    case "queued":
      progress(line.ahead === 1 ? "Another picture comes first…" : `${line.ahead} pictures come first…`);
      break;
    case "picture":
      progress("Looking for places that may be faces…");
      say("Looking for faces.");
      break;
    case "proposals":
      progress(`Looking closer at ${proposals.length} places…`, 0);
      say(`Looking closer at ${proposals.length} places.`);
      break;
    case "faces":
      progress(`${done} of ${proposals.length} places looked at`, done / proposals.length);
      break;
  }
}

function finish(mine, seconds) {
  byId("faces").hidden = byId("save").hidden = false;
  byId("save-marked").disabled = mine.bitmap === null;
  list.fill(mine);
  mine.seconds = seconds;
  update();
  say(`${countOf(mine.shown.length)} found.`);
}

byId("stop").addEventListener("click", () => {
  work?.abort();
  byId("progress").hidden = true;
  session.pending.clear();
  viewer.refresh();
  byId("count").replaceChildren(strong("Stopped"));
  say("Stopped.");
});

const strong = text => Object.assign(document.createElement("strong"), { textContent: text });

// Shows the session as it is: while it grows, and after every move of the slider.
function update() {
  const shown = session.shown;
  const sofar = session.finished ? "" : " so far";
  const rest = session.finished && session.seconds
    ? `in ${session.width} × ${session.height} px, ${session.seconds.toFixed(1)} s` : session.name;
  byId("count").replaceChildren(strong(countOf(shown.length) + sofar), rest);
  byId("sizes").hidden = shown.length === 0;
  drawHistogram(byId("histogram"), shown);
  const unsure = session.masked.length - shown.length;
  byId("masked").textContent = unsure > 0 ? `Masked are also ${unsure} places that are less sure than what is shown.` : "";
  canvas.setAttribute("aria-label", `${session.name}: ${countOf(shown.length)}${sofar}`);
  viewer.refresh();
}

const slider = byId("score");
slider.addEventListener("input", () => {
  byId("score-value").value = Number(slider.value).toFixed(2);
  byId("score-reset").hidden = Math.abs(slider.value - threshold) < 0.005;
  if (session) {
    session.threshold = Number(slider.value);
    list.update();
    update();
  }
});
slider.addEventListener("change", () => session?.finished && say(`${countOf(session.shown.length)} shown.`));
byId("score-reset").addEventListener("click", () => {
  slider.value = threshold;
  slider.dispatchEvent(new Event("input"));
  slider.focus();
});

byId("zoom-in").addEventListener("click", () => viewer.zoom(1.4));
byId("zoom-out").addEventListener("click", () => viewer.zoom(1 / 1.4));
byId("zoom-fit").addEventListener("click", () => viewer.fit());
byId("zoom-real").addEventListener("click", () => viewer.zoomTo(1));
byId("show-boxes").addEventListener("click", () => {
  viewer.framesShown = !viewer.framesShown;
  byId("show-boxes").setAttribute("aria-pressed", viewer.framesShown);
  viewer.refresh();
});

for (const [id, action] of [
  ["save-json", saveJson], ["save-csv", saveCsv], ["save-marked", saveMarked],
  ["save-blurred", mine => saveBlurred(mine, byId("mask").value)],
]) {
  const button = byId(id);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await action(session);
      say("Saved.");
    } catch (fault) {
      problem(fault.title ?? "That cannot be saved", fault.message);
    } finally {
      button.disabled = false;
    }
  });
}

attachIntake(byId("stage"), take);

try {
  const answer = await models();
  const [model] = answer.models;
  limits = answer.limits;
  threshold = model.threshold;
  maskingScore = model.masking.minScore;
  byId("mask").value = model.masking.mask;
  if (session) {
    session.maskingScore = maskingScore;
  }
  byId("model").textContent = `${model.name} ${model.version}`;
  byId("limits").textContent = `${limits.formats.join(", ")}, up to ${megabytes(limits.maxUploadBytes)} `
    + `and ${Math.round(limits.maxPixels / 1e6)} million pixels`;
  byId("score-reset").textContent = `back to ${threshold.toFixed(2)}`;
  if (!session) {
    slider.value = threshold;
    slider.dispatchEvent(new Event("input"));
  }
} catch (fault) {
  problem("The server does not answer", fault.message);
}
