// The newest audit entry of each thing that the API keeps: serialises its changes and shows when the tail of its trail is gone.
import mongoose, { Schema } from 'mongoose';

export type RegisterHeadDocument = {
  /** `<kind>/<id>` of the subject. */
  readonly _id: string;
  /** Seq of the newest entry. */
  readonly version: number;
  readonly headHash: string;
};

const schema = new Schema<RegisterHeadDocument>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    headHash: { type: String, required: true },
  },
  { collection: 'register_heads', versionKey: false },
);

export const RegisterHeadModel = mongoose.model<RegisterHeadDocument>('RegisterHead', schema);
export const registerHeadCollection = () => mongoose.connection.collection<RegisterHeadDocument>('register_heads');
