import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { problemOf } from '../../store/kestrel';
import { useKestrel } from '../../store/react';

export type Intent = {
  readonly busy: boolean;
  /** True when it was taken; otherwise people are told why not, and what to do. */
  say(word: () => Promise<void>): Promise<boolean>;
};

/** Something a person wants with an incident: said once at a time, then the incident is read again. */
export function useIntent(incident: string): Intent {
  const kestrel = useKestrel();
  const [busy, setBusy] = useState(false);
  const say = async (word: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    try {
      await word();
      return true;
    } catch (thrown) {
      const problem = problemOf(thrown);
      const message = [problem.detail, problem.action].filter(text => text !== '').join(' ');
      notifications.show({ color: 'red', title: problem.title, message, autoClose: 10_000 });
      return false;
    } finally {
      setBusy(false);
      void kestrel.readIncident(incident);
    }
  };
  return { busy, say };
}
