import { type ReactElement, cloneElement, useId } from "react";

interface QuestionProps {
  readonly label: string;
  readonly error: string | undefined;
  readonly children: ReactElement<Record<string, unknown>>;
}

/** A labelled control with what is wrong with its answer. */
export function Question({ label, error, children }: QuestionProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>{" "}
      {cloneElement(children, {
        id,
        "aria-invalid": error !== undefined,
        "aria-describedby": error === undefined ? undefined : `${id}-error`,
      })}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
