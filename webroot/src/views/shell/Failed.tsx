import { Button } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { problemOf } from '../../store/kestrel';
import { Blank } from '../../ui/Blank';

/** A mistake of ours in a page; the rest of the dashboard goes on. */
export function Failed({ error }: { readonly error: unknown }) {
  return (
    <Blank
      icon={IconBug}
      alert
      title="This page failed."
      action={<Button onClick={() => location.reload()}>Reload</Button>}
    >
      {problemOf(error).title}
    </Blank>
  );
}
