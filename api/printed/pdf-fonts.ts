// The PDF's fonts: one family with Arabic and Latin, because an Arabic-only one prints boxes and takes numbers apart.
import { createRequire } from 'node:module';
import { Font } from '@react-pdf/renderer';

export const family = 'Plex';
const weights = [
  { name: '400Regular', fontWeight: 400 },
  { name: '600SemiBold', fontWeight: 600 },
] as const;

const { resolve } = createRequire(import.meta.url);
const fontFile = (name: string): string =>
  resolve(`@expo-google-fonts/ibm-plex-sans-arabic/${name}/IBMPlexSansArabic_${name}.ttf`);

type GlyphStore = { getGlyph: (id: number, codePoints?: readonly number[]) => object };
const isGlyphStore = (font: unknown): font is GlyphStore =>
  typeof font === 'object' && font !== null && 'getGlyph' in font && typeof font.getGlyph === 'function';

/**
 * The font library keeps one object for each glyph, with the characters it stood for when it was first seen, and the layout counts
 * characters by these. A glyph met again in another ligature or under a vowel sign then shifts the count, and letters at the edge
 * of a line are left out, depending on what was printed before. So each use of a glyph gets its own characters.
 */
const withOwnCharacters = (fontWeight: number): void => {
  const font: unknown = Font.getFont({ fontFamily: family, fontWeight })?.data;
  if (!isGlyphStore(font)) throw new Error(`the font of weight ${fontWeight} is not loaded`);
  const shared = font.getGlyph.bind(font);
  font.getGlyph = (id, codePoints = []) =>
    new Proxy(shared(id, codePoints), {
      get: (glyph, name): unknown => {
        if (name === 'codePoints') return codePoints;
        return name === 'isLigature' ? codePoints.length > 1 : Reflect.get(glyph, name);
      },
    });
};

const load = async (): Promise<void> => {
  Font.register({ family, fonts: weights.map(({ name, fontWeight }) => ({ src: fontFile(name), fontWeight })) });
  // A hyphen put into a code or an Arabic word would change what is written.
  Font.registerHyphenationCallback((word) => [word]);
  for (const { fontWeight } of weights) {
    await Font.load({ fontFamily: family, fontWeight });
    withOwnCharacters(fontWeight);
  }
};

let loading: Promise<void> | undefined;
/** Once for the process; the first letter waits for it. */
export const fontsLoaded = (): Promise<void> => (loading ??= load());
