import { IconCircleDashed, IconEye, IconFlask2, IconX } from '@tabler/icons-react';

/** A sign for each status of a hop; the arrow's line tells it a second time. */
export const HOP_SIGNS = {
  OBSERVED: IconEye,
  INFERRED: IconCircleDashed,
  TESTED: IconFlask2,
  BROKEN: IconX,
} as const;
