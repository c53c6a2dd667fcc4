import { Kbd, Modal } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import styles from './Shortcuts.module.css';

const KEYS: readonly (readonly [readonly string[], string])[] = [
  [['j', 'k'], 'Next, previous incident or hop'],
  [['Enter'], 'Open'],
  [['/'], 'Search'],
  [['a'], 'Review the fix that waits for approval'],
  [['u'], 'Back to the list'],
  [['1', '2'], 'Incidents, clusters'],
  [['?'], 'This list'],
];

/** Keys that work on every page, and the list of all keys. */
export function Shortcuts() {
  const [opened, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  useHotkeys([
    ['shift+?', dialog.open, { usePhysicalKeys: false }],
    ['?', dialog.open],
    ['1', () => void navigate({ to: '/incidents' })],
    ['2', () => void navigate({ to: '/clusters' })],
  ]);
  return (
    <Modal opened={opened} onClose={dialog.close} title="Keyboard" size="sm" centered>
      <dl className={styles['keys']}>
        {KEYS.map(([keys, does]) => (
          <div key={does} className={styles['row']}>
            <dt>
              {keys.map(key => (
                <Kbd key={key} size="sm">
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
