// Measures and colours of the PDF in one direction; the layout engine knows no logical properties, so each direction gets its own.
import { StyleSheet } from '@react-pdf/renderer';
import { family } from './pdf-fonts.js';

export const sheetOf = (language: 'ar' | 'en') => {
  const direction = language === 'ar' ? ('rtl' as const) : ('ltr' as const);
  const textAlign = language === 'ar' ? ('right' as const) : ('left' as const);
  const opposite = language === 'ar' ? ('left' as const) : ('right' as const);
  const flexDirection = language === 'ar' ? ('row-reverse' as const) : ('row' as const);
  // The engine takes a line height from the font size of the same style, so each text names both.
  const text = { direction, textAlign, fontSize: 11, lineHeight: 1.6 } as const;
  const cell = { ...text, flexGrow: 1, flexBasis: 0, padding: 4, borderWidth: 0.5, borderColor: '#767676' } as const;
  const row = { flexDirection, marginBottom: 3 } as const;
  return StyleSheet.create({
    page: { fontFamily: family, fontSize: 11, padding: 56, paddingBottom: 72, color: '#1b1b1b' },
    fund: {
      ...text,
      fontWeight: 600,
      color: '#14532d',
      borderBottomWidth: 1.5,
      borderColor: '#14532d',
      paddingBottom: 6,
    },
    title: { ...text, fontSize: 16, fontWeight: 600, marginTop: 14, marginBottom: 10 },
    block: { marginTop: 6 },
    heading: { ...text, fontSize: 12.5, fontWeight: 600, marginTop: 8 },
    paragraph: text,
    row,
    label: { ...text, width: 130, color: '#444' },
    value: { ...text, flexGrow: 1, flexBasis: 0 },
    bullet: { width: 14, textAlign: 'center', fontSize: 11, lineHeight: 1.6 },
    item: { ...text, flexGrow: 1, flexBasis: 0 },
    caption: { ...text, fontWeight: 600, marginBottom: 4 },
    headRow: { flexDirection, backgroundColor: '#eef4f0' },
    headCell: { ...cell, fontWeight: 600 },
    tableRow: { flexDirection },
    cell,
    signatures: { flexDirection, marginTop: 40 },
    signature: { flexGrow: 1, flexBasis: 0, marginHorizontal: 12, borderTopWidth: 0.5, borderColor: '#767676' },
    role: { ...text, fontWeight: 600 },
    proof: { flexDirection, marginTop: 28, paddingTop: 10, borderTopWidth: 0.5, borderColor: '#767676' },
    qr: { width: 92, height: 92 },
    proofText: { flexGrow: 1, flexBasis: 0, marginHorizontal: 10, fontSize: 9 },
    small: { ...text, fontSize: 9 },
    // A line height on these would push the foot of the page out of it.
    footText: { direction, textAlign, fontSize: 9, flexGrow: 1, flexBasis: 0 },
    footEnd: { direction, textAlign: opposite, fontSize: 9, flexGrow: 1, flexBasis: 0 },
    address: { direction: 'ltr', textAlign, fontSize: 8, lineHeight: 1.6 },
    foot: { position: 'absolute', bottom: 28, left: 56, right: 56, flexDirection },
  });
};

export type Sheet = ReturnType<typeof sheetOf>;
