// Frames around faces, on the screen and in the marked image. They lie outside the box: a face of ten pixels stays
// visible.

// Okabe and Ito's yellow, sky blue and vermilion: told apart by the colour-blind; the dark rim shows them on snow.
const FACE = "#f0e442";
const PENDING = "#56b4e9";
const CHOSEN = "#ff6a13";
const RIM = "rgba(0, 0, 0, 0.6)";

function onScreen(box, view) {
  return {
    x: box.x * view.scale + view.left,
    y: box.y * view.scale + view.top,
    width: box.width * view.scale,
    height: box.height * view.scale,
  };
}

function frame(context, box, width, colour, rim) {
  const out = width / 2;
  const draw = () => context.strokeRect(box.x - out, box.y - out, box.width + width, box.height + width);
  if (rim) {
    context.lineWidth = width + 2;
    context.strokeStyle = RIM;
    draw();
  }
  context.lineWidth = width;
  context.strokeStyle = colour;
  draw();
}

function label(context, text, box, colour, size) {
  context.font = `600 ${size}px system-ui, sans-serif`;
  context.textBaseline = "middle";
  const width = context.measureText(text).width + size * 0.7;
  const height = size * 1.4;
  const top = box.y - height - size * 0.15 < 0 ? box.y + box.height + size * 0.15 : box.y - height - size * 0.15;
  context.fillStyle = colour;
  context.fillRect(box.x - 1, top, width, height);
  context.fillStyle = "#111";
  context.fillText(text, box.x - 1 + size * 0.35, top + height / 2 + 0.5);
}

/**
 * Draws what is known: places that wait for the second stage, in the colour of faces where they likely are some, faces
 * that count, the chosen one.
 */
export function drawFrames(context, view) {
  const { session, selected, hovered } = view;
  context.setLineDash([3, 3]);
  context.globalAlpha = 0.9;
  const likely = new Set(session.likely);
  for (const box of session.pending.values()) {
    if (!likely.has(box)) {
      frame(context, onScreen(box, view), 1.25, PENDING, true);
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([6, 2]);
  for (const place of likely) {
    const box = onScreen(place, view);
    frame(context, box, box.width < 14 ? 1.25 : 2, FACE, true);
  }
  context.setLineDash([]);

  // Best last, so that it lies on top.
  for (const face of session.shown.reverse()) {
    const box = onScreen(face, view);
    frame(context, box, box.width < 14 ? 1.25 : 2, FACE, true);
    if (box.width > 44) {
      label(context, face.score.toFixed(2), box, FACE, 11);
    }
  }
  for (const face of [hovered, selected]) {
    if (face) {
      const box = onScreen(face, view);
      frame(context, box, 3, face === selected ? CHOSEN : "#fff", true);
      if (face === hovered) {
        label(context, face.score.toFixed(2), box, face === selected ? CHOSEN : "#fff", 11);
      }
    }
  }
}

/** The smallest face at a point of the canvas; a finger may miss a tiny one by a little. */
export function frameAt(faces, view, x, y) {
  let best = null;
  for (const face of faces) {
    const box = onScreen(face, view);
    const slack = Math.max(4, (22 - Math.max(box.width, box.height)) / 2);
    const inside = x >= box.x - slack && x <= box.x + box.width + slack
      && y >= box.y - slack && y <= box.y + box.height + slack;
    if (inside && (!best || face.width * face.height < best.width * best.height)) {
      best = face;
    }
  }
  return best;
}

/** Marks faces in an image of its own size. */
export function mark(context, faces, pictureSide) {
  const width = Math.max(1, Math.round(pictureSide / 600));
  for (const face of [...faces].reverse()) {
    // On whole pixels: between them, a line of one pixel would be two pale ones.
    const [x, y] = [Math.round(face.x), Math.round(face.y)];
    const box = { x, y, width: Math.round(face.x + face.width) - x, height: Math.round(face.y + face.height) - y };
    frame(context, box, width, FACE, width > 1);
    if (box.width > 26 * width) {
      label(context, face.score.toFixed(2), box, FACE, 9 * width);
    }
  }
}
