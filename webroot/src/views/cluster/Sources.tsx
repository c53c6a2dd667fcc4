import { IconChevronRight } from '@tabler/icons-react';
import type { Source } from '../../domain/cluster';
import { span } from '../../domain/time';
import { SOURCE_WORDS } from '../../domain/words';
import { Notice } from '../../ui/Notice';
import styles from './Clusters.module.css';
import { SourceMark } from './marks';

/** What cannot be seen of a cluster, so that silence there is not read as health. */
export function Blind({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <Notice tone="medium" title="Not everything can be seen.">
      <ul className={styles['blind']}>
        {sentences.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** Where the operator gets its telemetry from, and how fresh each source is. */
export function Sources({ sources }: { readonly sources: readonly Source[] }) {
  const live = sources.filter(one => one.state === 'LIVE').length;
  const shed = sources.reduce((sum, one) => sum + one.shed, 0);
  return (
    <details className={styles['sources']} open>
      <summary>
        <IconChevronRight size={14} aria-hidden /> {sources.length} sources, {live} live
        {shed > 0 && `, ${shed.toLocaleString('en')} signals shed`}
      </summary>
      <ul className={styles['grid']} aria-label="Sources">
        {sources.map(source => (
          <li key={source.name} className={styles['source']} title={source.detail}>
            <SourceMark state={source.state} />
            <span className={styles['sourceName']}>{source.name}</span>
            <span className={styles['muted']}>{standing(source)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function standing(source: Source): string {
  const dropped = source.shed > 0 ? `, ${source.shed.toLocaleString('en')} shed` : '';
  if (source.state === 'STALE') return `${span(source.stalenessMillis)} behind${dropped}`;
  return (SOURCE_WORDS[source.state] ?? source.state.toLowerCase()) + dropped;
}
