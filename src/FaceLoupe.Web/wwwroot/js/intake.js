// How an image comes in: chosen, dropped, pasted, or a sample.

const MAX_SHOWN_PIXELS = 40e6; // a larger image is shown reduced: browsers give up somewhere above

/** Tells every image that comes in to `take`. */
export function attachIntake(stage, take) {
  const input = document.getElementById("file");
  const first = files => [...files].find(file => file.type.startsWith("image/")) ?? files[0];
  const choose = () => input.click();
  document.getElementById("choose").addEventListener("click", choose);
  document.getElementById("another").addEventListener("click", choose);
  document.getElementById("choose-other").addEventListener("click", choose);
  input.addEventListener("change", () => {
    if (input.files.length > 0) {
      take(input.files[0]);
      input.value = ""; // the same file may be chosen again
    }
  });

  let depth = 0;
  const hasFiles = event => [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragenter", event => {
    if (hasFiles(event)) {
      event.preventDefault();
      depth++;
      stage.classList.add("dropping");
    }
  });
  document.addEventListener("dragover", event => hasFiles(event) && event.preventDefault());
  document.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    stage.classList.toggle("dropping", depth > 0);
  });
  document.addEventListener("drop", event => {
    depth = 0;
    stage.classList.remove("dropping");
    if (event.dataTransfer.files.length > 0) {
      event.preventDefault();
      take(first(event.dataTransfer.files));
    }
  });

  document.addEventListener("paste", event => {
    if (event.clipboardData.files.length > 0) {
      event.preventDefault();
      take(first(event.clipboardData.files));
    }
  });
  const paste = document.getElementById("paste");
  paste.hidden = !navigator.clipboard?.read;
  paste.addEventListener("click", async () => {
    const file = await fromClipboard();
    if (file) {
      take(file);
    } else {
      take(null, "There is no image in the clipboard, or the browser does not give access to it. Copy an image first.");
    }
  });

  for (const button of document.querySelectorAll("[data-sample]")) {
    attachSample(button, take);
  }
}

async function fromClipboard() {
  try {
    for (const item of await navigator.clipboard.read()) {
      const type = item.types.find(name => name.startsWith("image/"));
      if (type) {
        return new File([await item.getType(type)], "pasted", { type });
      }
    }
  } catch {
    // Not allowed by the browser or the person; the caller says so.
  }
  return null;
}

async function attachSample(button, take) {
  const name = button.dataset.sample;
  const address = `samples/${name}`;
  button.hidden = !(await fetch(address, { method: "HEAD" }).catch(() => null))?.ok;
  button.addEventListener("click", async () => {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) {
      take(new File([await answer.blob()], name, { type: "image/jpeg" }));
    } else {
      take(null, "The sample cannot be loaded from the server. Is it still running?");
    }
  });
}

/** The pixels of a file, upright, or null where the browser cannot show it. */
export async function pixelsOf(file) {
  try {
    const whole = await createImageBitmap(file);
    const shrink = Math.sqrt(MAX_SHOWN_PIXELS / (whole.width * whole.height));
    if (shrink >= 1) {
      return whole;
    }
    const shown = await createImageBitmap(whole, {
      resizeWidth: Math.round(whole.width * shrink),
      resizeHeight: Math.round(whole.height * shrink),
      resizeQuality: "medium",
    });
    whole.close();
    return shown;
  } catch {
    return null;
  }
}
