// The image on a canvas: zoom, pan, frames around faces, and which face is meant.

import { drawFrames, frameAt } from "./frames.js";
import { attachGestures } from "./gestures.js";

const MAX_SCALE = 40;

export class Viewer {
  /** @param {HTMLCanvasElement} canvas @param {{choose: Function, moved: Function}} on */
  constructor(canvas, on) {
    this.canvas = canvas;
    this.on = on;
    this.session = null;
    this.selected = null;
    this.hovered = null;
    this.framesShown = true;
    this.scale = 1; // CSS pixels per pixel of the image
    this.left = 0; // place of the image's corner, in CSS pixels
    this.top = 0;
    this.fitted = true;
    new ResizeObserver(() => this.#resized()).observe(canvas);
    attachGestures(canvas, this);
  }

  show(session) {
    this.session = session;
    this.selected = this.hovered = null;
    this.fit();
  }

  /** Draws anew with the next frame of the screen. */
  refresh() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.#draw();
    });
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!this.session?.width || !width) {
      return;
    }
    this.scale = this.#fitScale();
    this.left = (width - this.session.width * this.scale) / 2;
    this.top = (height - this.session.height * this.scale) / 2;
    this.fitted = true;
    this.#moved();
  }

  /** Zooms by a factor about a point of the canvas, its centre by default. */
  zoom(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    const scale = Math.min(MAX_SCALE, Math.max(Math.min(1, this.#fitScale()) / 2, this.scale * factor));
    this.left = x - (x - this.left) * scale / this.scale;
    this.top = y - (y - this.top) * scale / this.scale;
    this.scale = scale;
    this.#moved();
  }

  zoomTo(scale) {
    this.zoom(scale / this.scale);
  }

  pan(dx, dy) {
    this.left += dx;
    this.top += dy;
    this.#moved();
  }

  select(face) {
    this.selected = face;
    this.refresh();
  }

  /** Brings a face into sight, large enough to be seen, in the part of the canvas that is not covered. */
  reveal(face, coveredRight = 0, coveredBottom = 0) {
    const width = this.canvas.clientWidth - coveredRight;
    const height = this.canvas.clientHeight - coveredBottom;
    const side = Math.max(face.width, face.height);
    if (side * this.scale < 24) {
      this.scale = Math.min(MAX_SCALE, 48 / side);
    }
    const x = (face.x + face.width / 2) * this.scale + this.left;
    const y = (face.y + face.height / 2) * this.scale + this.top;
    const margin = side * this.scale / 2 + 16;
    if (x < margin || y < margin || x > width - margin || y > height - margin) {
      this.left += width / 2 - x;
      this.top += height / 2 - y;
    }
    this.select(face);
    this.#moved();
  }

  faceAt(x, y) {
    return this.framesShown && this.session ? frameAt(this.session.shown, this, x, y) : null;
  }

  hover(face) {
    if (face !== this.hovered) {
      this.hovered = face;
      this.canvas.classList.toggle("over-face", face !== null);
      this.refresh();
    }
  }

  #fitScale() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    return this.session ? Math.min(width / this.session.width, height / this.session.height, 8) : 1;
  }

  #moved() {
    this.fitted = this.fitted && Math.abs(this.scale - this.#fitScale()) < 1e-6;
    this.#keepInSight();
    this.on.moved(this.scale);
    this.refresh();
  }

  // At least a third of the canvas, or of the image, stays covered by the image.
  #keepInSight() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const [w, h] = [this.session.width * this.scale, this.session.height * this.scale];
    const [x, y] = [Math.min(w, width) / 3, Math.min(h, height) / 3];
    this.left = Math.min(width - x, Math.max(x - w, this.left));
    this.top = Math.min(height - y, Math.max(y - h, this.top));
  }

  #resized() {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(this.canvas.clientWidth * ratio);
    this.canvas.height = Math.round(this.canvas.clientHeight * ratio);
    if (this.fitted) {
      this.fit();
    }
    this.#draw();
  }

  #draw() {
    const { canvas, session } = this;
    const context = canvas.getContext("2d");
    const ratio = canvas.width / (canvas.clientWidth || 1);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (!session?.width) {
      return;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingEnabled = this.scale < 3;
    context.imageSmoothingQuality = "high";
    const [width, height] = [session.width * this.scale, session.height * this.scale];
    if (session.bitmap) {
      context.drawImage(session.bitmap, this.left, this.top, width, height);
    } else {
      context.fillStyle = "#55535a";
      context.fillRect(this.left, this.top, width, height);
    }
    if (this.framesShown) {
      drawFrames(context, this);
    }
  }
}
