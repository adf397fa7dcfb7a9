// Whether somebody said why: a reason of blanks is none.
export const isUnreasoned = ({ reason = '' }: { readonly reason?: string | undefined }): boolean =>
  reason.trim() === '';
