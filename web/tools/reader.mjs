// Reads a WebAssembly module's bytes from the front.

/** The bytes after a module's magic number and version. */
export const BEGINNING = 8;

/** Reads on from a place, which moves. */
export class Reader {
  at = BEGINNING;

  constructor(bytes) {
    this.bytes = bytes;
  }

  get isAtEnd() {
    return this.at >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++];
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  /** Passes over what an import is; its kind. */
  importType() {
    const kind = this.byte();
    if (kind === 0) this.number();
    else if (kind === 1) {
      this.at++;
      this.#limits();
    } else if (kind === 2) this.#limits();
    else if (kind === 3) this.at += 2;
    else throw new Error(`there is an import of kind ${kind}`);
    return kind;
  }

  #limits() {
    const flags = this.number();
    this.number();
    if (flags & 1) this.number();
  }
}
