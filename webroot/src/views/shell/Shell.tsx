import { Button, Loader } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useKestrel, useKnown } from '../../store/react';
import { Blank } from '../../ui/Blank';
import { SignIn } from '../access/SignIn';
import { FeedBanner } from './Feed';
import { Navigation } from './Navigation';
import styles from './Shell.module.css';
import { Shortcuts } from './Shortcuts';

/** The frame around every page, and what stands in its place while nobody is signed in. */
export function Shell() {
  const kestrel = useKestrel();
  const standing = useKnown(state => state.standing);
  switch (standing.is) {
    case 'starting':
      return (
        <main className={styles['center']} aria-busy="true" aria-label="Kestrel is starting">
          <Loader size="sm" aria-label="Loading" />
        </main>
      );
    case 'unreached':
      return (
        <main className={styles['center']}>
          <Blank
            icon={IconPlugConnectedX}
            alert
            title={standing.problem.title}
            action={<Button onClick={() => void kestrel.start()}>Try again</Button>}
          >
            {standing.problem.action}
          </Blank>
        </main>
      );
    case 'signedOut':
      return <SignIn expired={standing.expired} />;
    case 'signedIn':
      return <Frame />;
  }
}

function Frame() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: state => state.location.pathname });
  useEffect(() => {
    // Newer browsers answer with a promise, which must not become the effect's clean-up.
    main.current?.scrollTo(0, 0);
  }, [path]);
  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#main">
        Skip to content
      </a>
      <Navigation />
      <div className={styles['main']}>
        <FeedBanner />
        <main className={styles['page']} id="main" ref={main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Shortcuts />
    </div>
  );
}
