// Mouse, touch, wheel and keyboard on the image.

const CLICK_SLACK = 5;

export function attachGestures(canvas, viewer) {
  const pointers = new Map();
  let travelled = 0;

  const place = event => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const middle = () => {
    const all = [...pointers.values()];
    return {
      x: all.reduce((sum, point) => sum + point.x, 0) / all.length,
      y: all.reduce((sum, point) => sum + point.y, 0) / all.length,
      spread: all.length < 2 ? 0 : Math.hypot(all[0].x - all[1].x, all[0].y - all[1].y),
    };
  };

  canvas.addEventListener("pointerdown", event => {
    if (event.button === 0) {
      canvas.setPointerCapture(event.pointerId);
      travelled = pointers.size === 0 ? 0 : Infinity; // a second finger is no click
      pointers.set(event.pointerId, place(event));
    }
  });

  canvas.addEventListener("pointermove", event => {
    if (!pointers.has(event.pointerId)) {
      const { x, y } = place(event);
      viewer.hover(viewer.faceAt(x, y));
      return;
    }
    const before = middle();
    pointers.set(event.pointerId, place(event));
    const after = middle();
    travelled += Math.hypot(after.x - before.x, after.y - before.y) + Math.abs(after.spread - before.spread);
    if (travelled > CLICK_SLACK) {
      canvas.classList.add("dragging");
      viewer.pan(after.x - before.x, after.y - before.y);
      if (before.spread > 0 && after.spread > 0) {
        viewer.zoom(after.spread / before.spread, after.x, after.y);
      }
    }
  });

  const release = event => {
    if (!pointers.delete(event.pointerId)) {
      return;
    }
    if (pointers.size === 0) {
      canvas.classList.remove("dragging");
      if (event.type === "pointerup" && travelled <= CLICK_SLACK) {
        const { x, y } = place(event);
        const face = viewer.faceAt(x, y);
        if (face) {
          viewer.on.choose(face);
        }
      }
    }
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => viewer.hover(null));

  canvas.addEventListener("wheel", event => {
    event.preventDefault();
    const { x, y } = place(event);
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1);

    // A pinch on a touch pad arrives as a wheel with Ctrl, in finer steps.
    viewer.zoom(Math.exp(-Math.max(-300, Math.min(300, pixels)) * (event.ctrlKey ? 0.01 : 0.002)), x, y);
  }, { passive: false });

  canvas.addEventListener("dblclick", event => {
    const { x, y } = place(event);
    if (!viewer.faceAt(x, y)) {
      viewer.zoom(2, x, y);
    }
  });

  canvas.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !viewer.session) {
      return;
    }
    const step = event.shiftKey ? 200 : 60;
    const actions = {
      ArrowLeft: () => viewer.pan(step, 0),
      ArrowRight: () => viewer.pan(-step, 0),
      ArrowUp: () => viewer.pan(0, step),
      ArrowDown: () => viewer.pan(0, -step),
      "+": () => viewer.zoom(1.4),
      "=": () => viewer.zoom(1.4),
      "-": () => viewer.zoom(1 / 1.4),
      0: () => viewer.fit(),
      1: () => viewer.zoomTo(1),
      n: () => viewer.on.walk(1),
      p: () => viewer.on.walk(-1),
      b: () => viewer.on.toggleFrames(),
      Enter: () => viewer.selected && viewer.on.choose(viewer.selected),
    };
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
}
