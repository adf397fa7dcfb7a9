// Digits as people type and read them: Latin, Arabic-Indic (٠–٩) and Persian (۰–۹). Nothing here formats money.

const zeros = [0x0660, 0x06f0];

/** Folds Arabic-Indic and Persian digits to Latin ones and leaves everything else as it is. */
export const latinDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = zeros.findLast((start) => code >= start) ?? code;
    return String(code - zero);
  });

export const arabicDigits = (value: number): string =>
  String(value).replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
