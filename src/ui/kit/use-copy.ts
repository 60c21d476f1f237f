import {useState} from 'preact/hooks';
import {attempt} from './attempt.js';

/** How long a button says that it copied, ms. */
const saidForMs = 2000;

/** Copies texts to the clipboard; `copied` is true for a moment after one is there. */
export function useCopy(): {copied: boolean; copy: (text: string) => Promise<void>} {
  const [copied, setCopied] = useState(false);
  const copy = async (text: string): Promise<void> => {
    const done = await attempt(() => writeClipboard(text), {
      failed: 'Nothing was copied',
      wayOut: `This is the text: ${text}`,
    });
    if (!done) return;
    setCopied(true);
    setTimeout(() => setCopied(false), saidForMs);
  };
  return {copied, copy};
}

async function writeClipboard(text: string): Promise<void> {
  // Pages of other hosts have a clipboard only over https.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) throw new Error('the browser gives its clipboard only to https and localhost.');
  await clipboard.writeText(text);
}
