/** One of a few things, all of them to be seen: buttons side by side, one pressed. */
interface ToggleProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly says: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export function Toggle<T extends string>({ label, options, value, onChange }: ToggleProps<T>) {
  return (
    <fieldset className="toggle" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={value === option.value}
          data-testid={`toggle-${option.value}`}
          onClick={() => onChange(option.value)}
        >
          {option.says}
        </button>
      ))}
    </fieldset>
  );
}
