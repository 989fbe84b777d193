// What can be taken home: exactly the faces that are shown, but hidden are all from the masking score on as well.

import { blur } from "./api.js";
import { mark } from "./frames.js";

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The server's document with the faces that are shown and the score they were chosen by. */
export function saveJson(session) {
  const document = structuredClone(session.document);
  document.threshold = session.threshold;
  document.images[0].faces = session.shown;
  const text = JSON.stringify(document, null, 2) + "\n";
  save(new Blob([text], { type: "application/json" }), `${session.stem}-faces.json`);
}

/** The table that `faceloupe detect` writes: a row per face, and one with empty fields where there is none. */
export function saveCsv(session) {
  const { name, width, height, shown } = session;
  const quoted = /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  const rows = shown.map((face, i) => [i + 1, face.x, face.y, face.width, face.height, face.score, face.logit]);
  const lines = [
    "image,image_width,image_height,face,x,y,width,height,score,logit",
    ...(rows.length > 0 ? rows : [[0, "", "", "", "", "", ""]]).map(row => [quoted, width, height, ...row].join(",")),
  ];
  save(new Blob([lines.join("\n") + "\n"], { type: "text/csv" }), `${session.stem}-faces.csv`);
}

/** The image with frames, in its own size as far as the browser has it. */
export async function saveMarked(session) {
  const canvas = document.createElement("canvas");
  const { bitmap } = session;
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const factor = bitmap.width / session.width;
  mark(context, session.shown.map(face => ({
    ...face, x: face.x * factor, y: face.y * factor, width: face.width * factor, height: face.height * factor,
  })), Math.max(bitmap.width, bitmap.height));
  const large = bitmap.width * bitmap.height > 16e6;
  const type = large ? "image/jpeg" : "image/png";
  const blob = await new Promise(done => canvas.toBlob(done, type, 0.92));
  if (!blob) {
    throw new Error("The browser cannot create an image of this size.");
  }
  save(blob, `${session.stem}-marked.${large ? "jpg" : "png"}`);
}

/**
 * The server hides: it has all pixels, and leaves the metadata away. A face left visible is worse than a false-positive mask, so all
 * from the model's masking score on are hidden, as the command does it, and those that are shown below it too.
 */
export async function saveBlurred(session, mask) {
  const format = session.file.type === "image/png" ? "png" : "jpeg";
  const blob = await blur(session.file, session.masked, format, mask);
  save(blob, `${session.stem}-blurred.${format === "png" ? "png" : "jpg"}`);
}
