import type {ComponentChildren} from 'preact';
import * as iconStyles from './icon.module.css';

function Icon({children}: {children: ComponentChildren}) {
  return (
    <svg
      class={iconStyles.root}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const PlayIcon = () => (
  <Icon>
    <path d="M4.5 2.8v10.4l8.5-5.2z" class={iconStyles.solid} />
  </Icon>
);

export const PauseIcon = () => (
  <Icon>
    <path d="M4 3h3v10H4zM9 3h3v10H9z" class={iconStyles.solid} />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M3.2 12.8l1.1-1.1M11.7 4.3l1.1-1.1" />
  </Icon>
);

export const ScreenIcon = () => (
  <Icon>
    <rect x="1.8" y="2.8" width="12.4" height="8.4" rx="1" />
    <path d="M5.5 13.8h5" />
  </Icon>
);

export const ExportIcon = () => (
  <Icon>
    <path d="M8 2v7.5M4.8 6.6 8 9.8l3.2-3.2M2.8 12.8h10.4" />
  </Icon>
);

export const TableIcon = () => (
  <Icon>
    <rect x="2" y="3" width="12" height="10" rx="1" />
    <path d="M2 6.4h12M2 9.7h12M6.4 6.4V13" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);

export const DownIcon = () => (
  <Icon>
    <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />
  </Icon>
);

export const UpIcon = () => (
  <Icon>
    <path d="m4.5 9.5 3.5-3.5 3.5 3.5" />
  </Icon>
);

export const LeftIcon = () => (
  <Icon>
    <path d="M9.5 4.5 6 8l3.5 3.5" />
  </Icon>
);

export const RightIcon = () => (
  <Icon>
    <path d="M6.5 4.5 10 8l-3.5 3.5" />
  </Icon>
);

export const SwapIcon = () => (
  <Icon>
    <path d="M3 5.5h9M9.5 3 12 5.5 9.5 8M13 10.5H4M6.5 8 4 10.5 6.5 13" />
  </Icon>
);

export const PinIcon = () => (
  <Icon>
    <path d="M6 2.5h4M8 9.5V14M4.5 9.5h7L10 7V2.5H6V7z" />
  </Icon>
);

export const LayersIcon = () => (
  <Icon>
    <path d="M3.5 3h9M2 8h12M5 13h6" />
  </Icon>
);

export const CubeIcon = () => (
  <Icon>
    <path d="M2.5 5.5h8v8h-8zM2.5 5.5l3-3h8l-3 3M13.5 2.5v8l-3 3" />
  </Icon>
);

export const CopyIcon = ({isDone}: {isDone: boolean}) => (
  <Icon>
    {isDone ? <path d="m3.5 8.4 3 3 6-6.6" /> : <path d="M5.8 5.8h7.4v7.4H5.8zM10.2 5.8V2.8H2.8v7.4h3" />}
  </Icon>
);

export const FullIcon = () => (
  <Icon>
    <path d="M9.6 2.8h3.6v3.6M13 3 9.4 6.6M6.4 13.2H2.8V9.6M3 13l3.6-3.6" />
  </Icon>
);
