// A QR code as one vector path, the same for the page and the PDF: sharp at every size and the same bytes each time.
import QRCode from 'qrcode';

export type QrPath = { readonly side: number; readonly path: string };

/** Quiet zone that scanners need, in modules. */
const margin = 4;

export const qrPathOf = (text: string): QrPath => {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const dark = [...data.keys()].filter((index) => data[index]);
  const squares = dark.map((index) => `M${(index % size) + margin} ${Math.floor(index / size) + margin}h1v1h-1z`);
  return { side: size + 2 * margin, path: squares.join('') };
};
