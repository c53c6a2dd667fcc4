import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Principal } from '../domain/access';
import type { Kestrel, State } from './kestrel';

const Holder = createContext<Kestrel | undefined>(undefined);

export const KestrelProvider = Holder.Provider;

/** The program behind the page, for intents. */
export function useKestrel(): Kestrel {
  const kestrel = useContext(Holder);
  if (kestrel === undefined) throw new Error('no KestrelProvider above this component');
  return kestrel;
}

/** A part of the state; the component renders again when that part changes. */
export function useKnown<T>(part: (state: State) => T): T {
  const kestrel = useKestrel();
  return useSyncExternalStore(kestrel.subscribe, () => part(kestrel.snapshot()));
}

/** Who is signed in; only for pages that nobody else sees. */
export function usePrincipal(): Principal {
  const standing = useKnown(state => state.standing);
  if (standing.is !== 'signedIn') throw new Error('nobody is signed in');
  return standing.principal;
}
