import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { problemOf, type Problem } from '../../store/kestrel';
import { useKestrel } from '../../store/react';
import { Notice } from '../../ui/Notice';
import { SchemeToggle } from '../../ui/SchemeToggle';
import styles from './SignIn.module.css';

/** Asks who is there. Whatever address was asked for is shown afterwards. */
export function SignIn({ expired }: { readonly expired: boolean }) {
  const kestrel = useKestrel();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const address = useRef<HTMLInputElement>(null);
  useEffect(() => {
    address.current?.focus();
  }, []);

  const signIn = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    kestrel
      .signIn(text(form, 'email'), text(form, 'password'))
      .catch((thrown: unknown) => setProblem(problemOf(thrown)))
      .finally(() => setBusy(false));
  };

  return (
    <main className={styles['page']}>
      <div className={styles['scheme']}>
        <SchemeToggle />
      </div>
      <form className={styles['form']} onSubmit={signIn} aria-labelledby="sign-in">
        <img src="/kestrel.svg" width={40} height={40} alt="" />
        <div>
          <h1 className={styles['title']} id="sign-in">
            Sign in to Kestrel
          </h1>
          <p className={styles['claim']}>Incidents, explained. Fixes, yours to approve.</p>
        </div>
        {problem === undefined && expired && (
          <Notice tone="plain">Your sign-in has expired. Sign in to go on where you were.</Notice>
        )}
        {problem !== undefined && (
          <Notice tone="critical" title={problem.title}>
            {problem.action}
          </Notice>
        )}
        <TextInput
          name="email"
          type="email"
          label="E-mail"
          autoComplete="username"
          required
          withAsterisk={false}
          size="md"
          ref={address}
        />
        <PasswordInput
          name="password"
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
        />
        <Button type="submit" loading={busy} fullWidth size="md">
          Sign in
        </Button>
      </form>
    </main>
  );
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
