import { Menu, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconChevronUp,
  IconFlame,
  IconListDetails,
  IconLogout,
  IconServer2,
  IconUserCircle,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { may } from '../../domain/access';
import { standing } from '../../domain/cluster';
import { useKestrel, useKnown, usePrincipal } from '../../store/react';
import { SchemeToggle } from '../../ui/SchemeToggle';
import { plain } from '../../domain/words';
import { FeedMark } from './Feed';
import styles from './Shell.module.css';

/** The pages, how the feed stands, and who is signed in. */
export function Navigation() {
  return (
    <header className={styles['side']}>
      <Link to="/incidents" className={styles['brand']} aria-label="Kestrel, home">
        <img src="/kestrel.svg" width={24} height={24} alt="" />
        <span className={styles['brandName']}>Kestrel</span>
      </Link>
      <Pages />
      <div className={styles['foot']}>
        <div className={styles['tools']}>
          <FeedMark />
          <SchemeToggle />
        </div>
        <Person />
      </div>
    </header>
  );
}

function Pages() {
  const principal = usePrincipal();
  const known = useKnown(state => state.known);
  const open = [...known.incidents.values()].filter(one => one.status === 'OPEN').length;
  const isBlind = [...known.clusters.values()].some(one =>
    ['silent', 'partial'].includes(standing(one)),
  );
  return (
    <nav className={styles['links']} aria-label="Pages">
      <Link to="/incidents" className={styles['link']}>
        <IconFlame size={17} stroke={1.9} aria-hidden />
        <span className={styles['linkText']}>Incidents</span>
        {open > 0 && (
          <span className={styles['count']} aria-label={`${open} open`}>
            {open > 999 ? '999+' : open}
          </span>
        )}
      </Link>
      <Link to="/clusters" className={styles['link']}>
        <IconServer2 size={17} stroke={1.9} aria-hidden />
        <span className={styles['linkText']}>Clusters</span>
        {isBlind && (
          <IconAlertTriangleFilled
            size={13}
            className={styles['warn']}
            aria-label="a cluster is silent or only partly visible"
          />
        )}
      </Link>
      {may(principal, 'ADMINISTER') && (
        <Link to="/audit" className={styles['link']}>
          <IconListDetails size={17} stroke={1.9} aria-hidden />
          <span className={styles['linkText']}>Audit</span>
        </Link>
      )}
    </nav>
  );
}

function Person() {
  const kestrel = useKestrel();
  const principal = usePrincipal();
  return (
    <Menu position="top-end" width={230} withinPortal>
      <Menu.Target>
        <UnstyledButton className={styles['person']} aria-label={`Account: ${principal.name}`}>
          <IconUserCircle size={22} stroke={1.5} aria-hidden />
          <span className={styles['who']}>
            <span className={styles['name']} title={principal.name}>
              {principal.name}
            </span>
            <span className={styles['role']}>{plain(principal.role.toLowerCase())}</span>
          </span>
          <IconChevronUp className={styles['chevron']} size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {principal.name} · {plain(principal.role.toLowerCase())} of {principal.tenant}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void kestrel.signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
