/** NOTICE with the list of packages as the lockfile has it. @throws Error for a package without a known licence */
export function writeNotice(notice: string, lock: { packages: Record<string, object> }): string;
