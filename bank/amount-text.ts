// Amounts as banks write them: pounds with a point and at most two decimals, to piastres and back without ever being a float.
const pattern = /^(0|[1-9]\d{0,14})(?:\.(\d{1,2}))?$/;

/** Null for everything that is not an exact, non-negative amount of pounds. */
export const minorOfAmountText = (text: string): string | null => {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, pounds = '', cents = ''] = match;
  return BigInt(pounds + cents.padEnd(2, '0')).toString();
};

export const amountTextOf = (minor: string | bigint): string => {
  const digits = BigInt(minor).toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
