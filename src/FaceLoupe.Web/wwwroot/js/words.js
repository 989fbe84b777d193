// Numbers as people read them.

export const faces = count => count === 1 ? "1 face" : `${count} faces`;

export const boxes = count => count === 1 ? "1 box" : `${count} boxes`;

export const px = value => value < 20 ? (Math.round(value * 10) / 10).toString() : Math.round(value).toString();

export const megabytes = bytes => `${Math.round(bytes / 1e6)} MB`;

export const megapixels = pixels => `${Math.round(pixels / 1e6)} million pixels`;
