// The size that an image's header states: what is too large is reported before a browser decodes it.

const HEAD = 1 << 18; // a JPEG's frame may lie behind a colour profile and a thumbnail

/** Width and height of a file, or null where the header says nothing that is understood here. */
export async function sizeOf(file) {
  try {
    const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
    const view = new DataView(bytes.buffer);
    const text = (from, to) => String.fromCharCode(...bytes.subarray(from, to));
    return text(1, 4) === "PNG" ? sizeAt(view, 16, 20, "getUint32", false)
      : text(0, 3) === "GIF" ? sizeAt(view, 6, 8, "getUint16", true)
        : text(0, 2) === "BM" ? sizeAt(view, 18, 22, "getInt32", true)
          : text(8, 12) === "WEBP" ? webp(view, text(12, 16))
            : view.getUint16(0) === 0xffd8 ? jpeg(view) : null;
  } catch {
    return null; // cut short or gone; sending it says so
  }
}

function sizeAt(view, x, y, read, little) {
  return { width: Math.abs(view[read](x, little)), height: Math.abs(view[read](y, little)) };
}

function webp(view, kind) {
  const three = at => 1 + (view.getUint16(at, true) | view.getUint8(at + 2) << 16);
  switch (kind) {
    case "VP8 ":
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + (bits >> 14 & 0x3fff) };
    }
    default:
      return { width: three(24), height: three(27) };
  }
}

function jpeg(view) {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at + 1) === 0xff) {
      at++; // filling
    }
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === 0xda) {
      return null;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return sizeAt(view, at + 7, at + 5, "getUint16", false);
    }
  }
}
