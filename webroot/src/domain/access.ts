export type Role = 'VIEWER' | 'RESPONDER' | 'APPROVER' | 'ADMIN';

/** A person who is signed in. */
export type Principal = {
  readonly tenant: string;
  readonly user: string;
  readonly name: string;
  readonly role: Role;
};

export type Permission = 'READ' | 'RESPOND' | 'DECIDE' | 'ADMINISTER';

const NEEDED: Readonly<Record<Permission, number>> = {
  READ: 0,
  RESPOND: 1,
  DECIDE: 2,
  ADMINISTER: 3,
};
const RANK: Readonly<Record<Role, number>> = { VIEWER: 0, RESPONDER: 1, APPROVER: 2, ADMIN: 3 };

/** Each role may do what the ones before it may. The server checks again. */
export function may(principal: Principal, permission: Permission): boolean {
  return RANK[principal.role] >= NEEDED[permission];
}

/** One line of the append-only log of who did what. */
export type AuditEntry = {
  readonly number: number;
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string;
  readonly hash: string;
};
