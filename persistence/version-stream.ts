// One change stream per process over the read models that carry a version: tells as soon as a new version can be read.
import mongoose from 'mongoose';

export type VersionedCollection = 'requests' | 'payment_batches';
export type VersionSeen = { readonly collection: VersionedCollection; readonly id: string; readonly version: number };

type Change = {
  readonly ns?: { readonly coll?: string };
  readonly documentKey?: { readonly _id?: unknown };
  readonly version?: unknown;
};

const watched: readonly string[] = ['requests', 'payment_batches'] satisfies readonly VersionedCollection[];
const isWatched = (name: string | undefined): name is VersionedCollection =>
  name !== undefined && watched.includes(name);

const seenIn = ({ ns, documentKey, version }: Change): VersionSeen | null => {
  const id = documentKey?._id;
  if (!isWatched(ns?.coll) || typeof id !== 'string' || typeof version !== 'number') return null;
  return { collection: ns.coll, id, version };
};

/** Only id and version travel, whatever the size of the documents; a replacement carries the document, an update its fields. */
const pipeline = [
  { $match: { 'ns.coll': { $in: [...watched] }, operationType: { $in: ['insert', 'replace', 'update'] } } },
  {
    $project: {
      ns: 1,
      documentKey: 1,
      version: { $ifNull: ['$fullDocument.version', '$updateDescription.updatedFields.version'] },
    },
  },
];

export type VersionStream = { readonly close: () => Promise<void> };

type Listener = {
  readonly seen: (change: VersionSeen) => void;
  /** `true` from the moment on which no change is missed; `false` while the stream is broken. */
  readonly live: (live: boolean, why?: unknown) => void;
};

const pauseMs = 1_000;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs).unref());

export const watchVersions = ({ seen, live }: Listener): VersionStream => {
  let closed = false;
  let close = (): Promise<void> => Promise.resolve();

  const follow = async (): Promise<void> => {
    const stream = mongoose.connection.getClient().db(mongoose.connection.name).watch<Change, Change>(pipeline);
    close = () => stream.close();
    try {
      // The first look opens the stream on the server; only from then on is nothing missed.
      const first = await stream.tryNext();
      live(true);
      for (let change = first; !closed; change = await stream.next()) {
        const found = change === null ? null : seenIn(change);
        if (found) seen(found);
      }
    } finally {
      await stream.close();
    }
  };
  const run = async (): Promise<void> => {
    while (!closed) {
      try {
        await follow();
      } catch (error) {
        if (closed) return;
        live(false, error);
        await pause();
      }
    }
  };
  const running = run();
  return {
    close: async () => {
      closed = true;
      await close();
      await running;
    },
  };
};
