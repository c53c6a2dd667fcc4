import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './ui/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { Kestrel } from './store/kestrel';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');

const kestrel = new Kestrel();
void kestrel.start();
window.addEventListener('online', () => kestrel.retry());

createRoot(root).render(
  <StrictMode>
    <App kestrel={kestrel} />
  </StrictMode>,
);
