/** How far the things in a picture are, as far as one picture can tell. Planes run row by row. */
export interface DepthMap {
  width: number;
  height: number;
  /** Nearness: 0 infinitely far … 1 nearest. In proportion to one over the distance, so that shifts are linear. */
  disparity: Float32Array;
  /** 1 where the sky is, soft at its border; null when there is none. */
  sky: Float32Array | null;
  /** 1 where the thing stands that the picture shows, soft at its border; null when none stands out. */
  subject: Float32Array | null;
  /** The row of the horizon, as a share of the height (0 top … 1 bottom); null when there is no sky. */
  horizon: number | null;
  /** 0 a guess … 1 clear. Below 0.3 a camera should rather zoom than move sideways. */
  confidence: number;
}
