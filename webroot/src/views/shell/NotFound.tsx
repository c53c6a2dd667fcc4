import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Blank } from '../../ui/Blank';

/** An address that no page has. */
export function NotFound() {
  return (
    <Blank
      icon={IconMapOff}
      title="There is no such page."
      action={<Link to="/incidents">Go to the incidents</Link>}
    />
  );
}
