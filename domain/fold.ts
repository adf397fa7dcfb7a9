// How an event changes the state: the type of a fold and the moment it happens at. The folds themselves live in the areas.
import type { EventKind, RequestEvent } from './event.js';
import type { GrantRequest } from './grant-request.js';

export type Moment = { readonly version: number; readonly atMs: number };

export type Fold<K extends EventKind> = (request: GrantRequest, event: RequestEvent<K>, moment: Moment) => GrantRequest;
export type Folds<K extends EventKind> = { readonly [Kind in K]: Fold<Kind> };
