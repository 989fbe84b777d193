// Puts the page together: an image comes in, the server's lines go into the session, and everything shows it.

import { detect, models, Problem } from "./api.js";
import { saveBlurred, saveCsv, saveJson, saveMarked } from "./downloads.js";
import { keepFocus } from "./focus.js";
import { sizeOf } from "./header.js";
import { drawHistogram } from "./histogram.js";
import { Inspector } from "./inspector.js";
import { attachIntake, pixelsOf } from "./intake.js";
import { FaceList } from "./list.js";
import { Session } from "./session.js";
import { Viewer } from "./viewer.js";
import { boxes, faces as countOf, megabytes, megapixels } from "./words.js";

const byId = id => document.getElementById(id);
const canvas = byId("view");

let threshold = 0.5;
let maskingScore = 0; // until the server has answered: rather too many masks
let limits = null;
let session = null; // what is shown
let last = null; // the latest image whose faces are known
let work = null; // the detection under way
let turn = 0; // which image came in last

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
  closed: (face, opener) => (opener?.isConnected ? opener : list.buttonOf(face) ?? next()).focus(),
});

function open(face, opener) {
  if (session.finished) {
    inspector.open(session, face, opener);
  }
}

function say(text) {
  byId("status").textContent = text;
}

/** Where one goes on when what had the keyboard is gone. */
function next() {
  const ways = byId("problem").hidden ? [] : [byId("retry"), byId("choose-other"), byId("dismiss")];
  return ways.find(way => !way.hidden) ?? (session ? canvas : byId("choose"));
}

/** Says what is wrong, and how to go on: the same again, another image, or neither. */
function problem(title, detail, { again = null, other = false } = {}) {
  byId("problem-title").textContent = title;
  byId("problem-detail").textContent = detail;
  byId("retry").hidden = again === null;
  byId("choose-other").hidden = !other;
  byId("problem").hidden = false;
  say(""); // what the status line said last is over, and the problem is an alert of its own
  byId("retry").onclick = () => {
    byId("problem").hidden = true;
    again();
  };
}

byId("dismiss").addEventListener("click", () => { byId("problem").hidden = true; });

/** Why a file is not even sent, as title and detail; null: it is. */
async function refusalOf(file) {
  await ready;
  if (limits && file.size > limits.maxUploadBytes) {
    return ["The image is too large",
      `${file.name}: ${megabytes(file.size)} are more than the ${megabytes(limits.maxUploadBytes)} this server takes.`];
  }
  const size = limits && await sizeOf(file);
  return size && size.width * size.height > limits.maxPixels
    ? ["The image is too large", `${file.name}: ${size.width} × ${size.height} pixels are more than the `
      + `${megapixels(limits.maxPixels)} this server takes.`]
    : null;
}

async function take(file, complaint) {
  const mine = ++turn;
  const refusal = file ? await refusalOf(file) : ["No image", complaint];
  if (mine !== turn) {
    return;
  }
  if (refusal) {
    problem(...refusal, { other: true });
    return;
  }

  work?.abort();
  byId("problem").hidden = true;
  const abort = work = new AbortController();
  const bitmap = await pixelsOf(file);
  if (abort.signal.aborted) {
    bitmap?.close();
    return;
  }
  show(new Session(file, bitmap, Number(byId("score").value), maskingScore));
  await detection(file, abort);
}

/** Shows an image, one whose faces are known already, or none. */
function show(other) {
  if (session !== last) {
    session?.bitmap?.close();
  }
  session = other;
  byId("inspector").close();
  byId("welcome").hidden = other !== null;
  byId("another").hidden = byId("tools").hidden = canvas.hidden = other === null;
  byId("faces").hidden = byId("save").hidden = !other?.finished;
  byId("score").disabled = other === null;
  byId("help").open = other === null;
  list.clear();
  viewer.show(other);
  if (other === null) {
    byId("sizes").hidden = true;
    byId("count").replaceChildren(strong("No image yet"));
    ends([]);
    return;
  }
  other.threshold = Number(slider.value);
  if (other.finished) {
    byId("save-marked").disabled = other.bitmap === null;
    list.fill(other);
  }
  update();
}

async function detection(file, abort) {
  const mine = session;
  const started = performance.now();
  progress("Sending the image…");
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
      throw new Error("The server closed the connection too early.");
    }
    finish(mine, (performance.now() - started) / 1000);
  } catch (fault) {
    if (abort.signal.aborted) {
      return;
    }
    if (["not-a-picture", "bad-picture", "too-large"].includes(fault.code)) {
      // The file will never do: what was known before stays.
      show(last);
      const rest = last ? ` The faces of ${last.name} are still shown.` : "";
      problem(fault.title, fault.message + rest, { other: true });
      return;
    }
    mine.breakOff();
    update();
    byId("count").replaceChildren(strong("Not finished"));
    problem(fault instanceof Problem ? fault.title : "The server is not responding", fault.message, {
      again: () => take(file), other: true,
    });
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

function tell(line, { proposals, done, part }) {
  switch (line.type) {
    case "queued":
      progress(line.ahead === 1 ? "Another image comes first…" : `${line.ahead} images come first…`);
      break;
    case "picture":
      progress("Searching for regions that may be faces…");
      say("Looking for faces.");
      break;
    case "early":
      progress("Searching for regions that may be faces…", part);
      break;
    case "proposals":
      progress(`Checking ${proposals.length} regions…`, 0);
      say(`Checking ${proposals.length} regions.`);
      break;
    case "faces":
      progress(`${done} of ${proposals.length} regions checked`, done / proposals.length);
      break;
  }
}

function finish(mine, seconds) {
  byId("faces").hidden = byId("save").hidden = false;
  byId("save-marked").disabled = mine.bitmap === null;
  list.fill(mine);
  mine.seconds = seconds;
  if (last !== mine) {
    last?.bitmap?.close();
  }
  last = mine;
  update();
  say(`${countOf(mine.shown.length)} found.`);
}

byId("stop").addEventListener("click", () => {
  work?.abort();
  byId("progress").hidden = true;
  session.breakOff();
  viewer.refresh();
  byId("count").replaceChildren(strong("Stopped"));
  const { file } = session;
  problem("Stopped", "The faces found so far are shown; there may be more.", { again: () => take(file) });
});

const strong = text => Object.assign(document.createElement("strong"), { textContent: text });

// Shows the session as it is: while it grows, and after every move of the slider.
function update() {
  const shown = session.shown;
  const known = shown.length + session.likely.length;
  const sofar = session.finished ? "" : " so far";
  const rest = session.finished && session.seconds
    ? `in ${session.width} × ${session.height} px, ${session.seconds.toFixed(1)} s` : session.name;
  byId("count").replaceChildren(strong(countOf(known) + sofar), rest);
  byId("sizes").hidden = shown.length === 0;
  drawHistogram(byId("histogram"), shown);
  const unsure = session.masked.length - shown.length;
  byId("masked").textContent = unsure > 0 ? `Also masked: ${boxes(unsure)} with lower scores than shown.` : "";
  ends(session.faces);
  canvas.setAttribute("aria-label", `${session.name}: ${countOf(known)}${sofar}`);
  viewer.refresh();
}

/** What the slider's ends show. */
function ends(faces) {
  const certain = faces.filter(face => face.score >= 1).length;
  const most = certain > 0 ? countOf(certain) : faces.length > 0 ? "none" : "only certain faces";
  byId("score-least").textContent = `0: all ${faces.length > 0 ? boxes(faces.length) : "boxes"}`;
  byId("score-most").textContent = `1: ${most}`;
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
    if (button.ariaBusy === "true") {
      return;
    }
    button.ariaBusy = "true"; // a disabled button would lose the keyboard
    try {
      await action(session);
      say("Saved.");
    } catch (fault) {
      problem(fault.title ?? "Saving failed", fault.message);
    } finally {
      button.ariaBusy = "false";
    }
  });
}

async function load() {
  try {
    const answer = await models();
    const [model] = answer.models;
    limits = answer.limits;
    threshold = model.threshold;
    maskingScore = model.masking.minScore;
    byId("mask").value = model.masking.mask;
    byId("model").textContent = `${model.name} ${model.version}`;
    byId("limits").textContent = `${limits.formats.join(", ")}, up to ${megabytes(limits.maxUploadBytes)} `
      + `and ${megapixels(limits.maxPixels)}`;
    byId("score-reset").textContent = `back to ${threshold.toFixed(2)}`;
    slider.value = threshold;
    slider.dispatchEvent(new Event("input"));
  } catch (fault) {
    problem("The server is not responding", fault.message, { again: () => location.reload() });
  }
}

keepFocus(next);
const ready = load(); // images wait for it: they need the limits
attachIntake(byId("stage"), take);
