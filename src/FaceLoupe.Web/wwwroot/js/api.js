// The server's interface, seen from the page.

/** A fault that the server reported as problem details. */
export class Problem extends Error {
  constructor(details, status = 0) {
    super(details.detail || details.title || `The server answered ${status}.`);
    this.title = details.title || "Something went wrong";
    this.code = details.code || "unknown";
    this.retryAfter = details.retryAfter ?? null;
  }
}

async function checked(response) {
  if (response.ok) {
    return response;
  }
  let details = {};
  try {
    details = await response.json();
  } catch {
    // Not from our server; the status says what there is to say.
  }
  throw new Problem(details, response.status);
}

function form(file, boxes) {
  const data = new FormData();
  data.append("file", file, file.name || "picture");
  if (boxes) {
    const plain = boxes.map(({ x, y, width, height }) => ({ x, y, width, height }));
    data.append("boxes", JSON.stringify(plain));
  }
  return data;
}

/** The loaded model and the server's limits. */
export async function models() {
  return (await checked(await fetch("v1/models"))).json();
}

/** Finds faces; yields what the server reports meanwhile, one object per line. */
export async function* detect(file, signal) {
  const response = await checked(
    await fetch("v1/detect?stream=early&minScore=0", { method: "POST", body: form(file), signal }));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (line) {
        yield JSON.parse(line);
      }
    }
  }
}

/** What the networks saw of some proposals. */
export async function crops(file, proposals, signal) {
  return (await checked(
    await fetch("v1/crops", { method: "POST", body: form(file, proposals), signal }))).json();
}

/** The image with some boxes made unrecognisable. */
export async function blur(file, boxes, format, mask) {
  return (await checked(
    await fetch(`v1/blur?format=${format}&mask=${mask}`, { method: "POST", body: form(file, boxes) }))).blob();
}
