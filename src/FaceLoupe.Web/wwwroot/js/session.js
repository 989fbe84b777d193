// What is known of one image: the file, its pixels, what the stages said so far, and the score from which a box
// counts.

const keyOf = ({ x, y, width, height }) => `${x} ${y} ${width} ${height}`;

export class Session {
  constructor(file, bitmap, threshold, maskingScore) {
    this.file = file;
    this.name = file.name || "picture";
    this.bitmap = bitmap; // null where the browser cannot show it
    this.width = bitmap?.width ?? 0;
    this.height = bitmap?.height ?? 0;
    this.threshold = threshold;
    this.maskingScore = maskingScore;
    this.proposals = [];
    this.early = []; // what the first stage is confident of before it is done
    this.part = 0; // of the first stage
    this.pending = new Map(); // proposals that the second stage has not looked at yet
    this.faces = [];
    this.document = null;
    this.done = 0;
    this.crops = new Map(); // by face
  }

  get finished() {
    return this.document !== null;
  }

  /** Faces that count, best first once all is known. */
  get shown() {
    return this.faces.filter(face => face.score >= this.threshold);
  }

  /** Places that count by the first stage's score, and have no final box and score yet. */
  get likely() {
    const confident = this.finished ? [] : this.proposals.length > 0 ? [...this.pending.values()] : this.early;
    return confident.filter(box => box.score >= this.threshold);
  }

  /** Faces that are hidden: all that are shown, and those below down to the masking score. */
  get masked() {
    return this.faces.filter(face => face.score >= Math.min(this.threshold, this.maskingScore));
  }

  get stem() {
    return this.name.replace(/\.[^.]*$/, "") || "picture";
  }

  /** Nothing more will come: of the places that nobody will look at, only likely ones stay. */
  breakOff() {
    const likely = new Set(this.likely);
    this.pending = new Map([...this.pending].filter(([, box]) => likely.has(box)));
  }

  /** Takes in one line of the server. */
  take(line) {
    switch (line.type) {
      case "picture":
        this.width = line.width;
        this.height = line.height;
        break;
      case "early":
        this.early.push(...line.proposals);
        this.part = line.part;
        break;
      case "proposals":
        this.early = [];
        this.proposals = line.proposals;
        this.pending = new Map(line.proposals.map(box => [keyOf(box), box]));
        break;
      case "faces":
        for (const face of line.faces) {
          this.pending.delete(keyOf(face.proposal));
          this.faces.push(face);
        }
        this.done = line.done;
        break;
      case "result":
        this.document = line.result;
        this.pending.clear();
        this.early = [];
        this.faces = line.result.images[0].faces;
        break;
    }
  }
}
