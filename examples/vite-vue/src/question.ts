import { type VNode, h } from "vue";

/** A labelled control with what is wrong with its answer. */
export function question(
  id: string,
  label: string,
  error: string | undefined,
  control: string | [string, VNode[]],
  props: Record<string, unknown>,
): VNode {
  const [tag, contents] = typeof control === "string" ? [control, []] : control;
  return h("div", { key: id }, [
    h("label", { for: id }, label),
    " ",
    h(
      tag,
      {
        ...props,
        id,
        "aria-invalid": error !== undefined,
        "aria-describedby": error === undefined ? undefined : `${id}-error`,
      },
      contents,
    ),
    error === undefined ? null : h("p", { id: `${id}-error`, role: "alert" }, error),
  ]);
}
