// Amounts for people's eyes: Latin digits, thousands, two decimals. Never parsed again.

export const pounds = (amountMinor: string): string => {
  const sign = amountMinor.startsWith('-') ? '-' : '';
  const digits = amountMinor.slice(sign.length).padStart(3, '0');
  return `EGP ${sign}${digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`;
};
