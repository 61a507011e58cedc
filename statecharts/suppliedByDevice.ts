/** Stands for an actor that `src` supplies by `.provide()`; rejects where it was forgotten. */
export function suppliedByDevice(name: string) {
  return async (): Promise<never> => {
    throw new Error(`${name} is supplied by the device`);
  };
}
