const paths = {
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z',
  sound: 'M4 9.5v5h3.5L12 18V6L7.5 9.5zM15 9a4 4 0 0 1 0 6M17.5 6.5a8 8 0 0 1 0 11',
  mute: 'M4 9.5v5h3.5L12 18V6L7.5 9.5zM16 10l4 4m0-4-4 4',
  download: 'M12 4v11m-4.5-4L12 15.5 16.5 11M5 19.5h14',
  again: 'M19 12a7 7 0 1 1-2-4.9M19 4v4h-4',
  onward: 'M4 6h9v12H4zM16 12h5m-2.2-2.5L21.3 12l-2.5 2.5',
  bin: 'M5 7h14M10 7V4.5h4V7m-7 0 .8 12.5h8.4L17 7M10.5 11v5m3-5v5',
  swap: 'M4 8.5h14l-3-3M20 15.5H6l3 3',
  close: 'M6 6l12 12M18 6 6 18',
  picture: 'M4 5.5h16v13H4zM4 15.5l4.5-4.5 4.5 4.5 2.5-2.5 4.5 4M15.5 9.5h.01',
  copy: 'M9 9h10v10.5H9zM15 9V4.5H5V15h4',
  compare: 'M4 5.5h6.5v13H4zM13.5 5.5H20v13h-6.5z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6 1.4 1.4m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  bell: 'M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1.5H5zM10 20.5h4',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7L12 7m2 3a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7L12 17',
  spark: 'M12 3.5l1.9 5.6 5.6 1.9-5.6 1.9L12 18.5l-1.9-5.6L4.5 11l5.6-1.9z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
} as const;

export type IconName = keyof typeof paths;

/** A drawing of 1.25 rem beside words; it says nothing by itself. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  const isSolid = name === 'play' || name === 'pause';
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className={`size-5 shrink-0 ${className}`}
      fill={isSolid ? 'currentColor' : 'none'}
      stroke={isSolid ? 'none' : 'currentColor'}
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
