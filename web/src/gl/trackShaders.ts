// SPDX-License-Identifier: Apache-2.0
// Shaders of the tracks. Positions come in Mercator metres about the anchor; sizes are CSS pixels on the screen.
// One instance is one track: a_place (x, y), a_velocity (Mercator metres a second east, south), a_angle (direction of
// the symbol, radians clockwise from up), a_style (shape, colour, marks, quality of symbols/circ243).

const common = `
uniform mat4 u_matrix;
uniform vec2 u_screen; // CSS pixels
uniform vec3 u_colours[8];
in vec2 a_place;
in vec2 a_velocity;
in float a_angle;
in uvec4 a_style;
vec2 toPixels(vec2 place) {
  vec4 clip = u_matrix * vec4(place, 0.0, 1.0);
  return clip.xy / clip.w * 0.5 * u_screen * vec2(1.0, -1.0);
}
vec4 toClip(vec2 pixels) {
  return vec4(pixels / u_screen * 2.0 * vec2(1.0, -1.0), 0.0, 1.0);
}
`;

export const attributes = ['a_place', 'a_velocity', 'a_angle', 'a_style'];

// Speed vectors (dashed) and heading lines (solid): a strip from the symbol's edge to its end.
export const lineVertex = `${common}
uniform float u_seconds; // length of the vector; 0 draws heading lines instead
uniform float u_width;
out float v_along;
out float v_across;
flat out vec3 v_colour;
flat out float v_length;
void main() {
  const vec2 corners[4] = vec2[4](vec2(0, -1), vec2(1, -1), vec2(0, 1), vec2(1, 1));
  vec2 corner = corners[gl_VertexID];
  vec2 from = toPixels(a_place);
  vec2 ahead = vec2(sin(a_angle), -cos(a_angle));
  bool directed = (a_style.z & 16u) == 0u;
  vec2 to = from;
  if (u_seconds > 0.0) {
    // Slower than a quarter of a knot: at rest, and a vector would only quiver.
    if (dot(a_velocity, a_velocity) > 0.02) to = toPixels(a_place + a_velocity * u_seconds);
  } else if (directed) {
    to = from + ahead * 34.0;
    from += ahead * 11.0;
  }
  vec2 along = to - from;
  v_length = length(along);
  vec2 unit = v_length > 0.5 ? along / v_length : vec2(0.0);
  // A vector begins outside its symbol.
  float start = u_seconds > 0.0 ? min(7.0, v_length) : 0.0;
  v_along = mix(start, v_length, corner.x);
  v_across = corner.y * (u_width * 0.5 + 1.0);
  v_colour = u_colours[a_style.y];
  vec2 at = from + unit * v_along + vec2(-unit.y, unit.x) * v_across;
  gl_Position = v_length < (u_seconds > 0.0 ? 9.0 : 1.0) ? vec4(2.0, 2.0, 2.0, 1.0) : toClip(at);
}`;

export const lineFragment = `
uniform float u_width;
uniform float u_dash; // 0 = solid
in float v_along;
in float v_across;
flat in vec3 v_colour;
flat in float v_length;
out vec4 colour;
void main() {
  float a = clamp(u_width * 0.5 + 0.5 - abs(v_across), 0.0, 1.0);
  if (u_dash > 0.0) {
    // Dashes with gaps of two line widths.
    float phase = mod(v_along, u_dash + 2.0 * u_width + 1.0);
    a *= clamp(u_dash - phase + 0.5, 0.0, 1.0);
  }
  colour = vec4(v_colour, 1.0) * a;
}`;

export const symbolVertex = `${common}
out vec2 v_at; // CSS pixels about the centre, y down
flat out vec2 v_ahead;
flat out uvec4 v_style;
flat out vec3 v_colour;
flat out vec3 v_doubt;
const float reach = 20.0;
void main() {
  const vec2 corners[4] = vec2[4](vec2(-1, -1), vec2(1, -1), vec2(-1, 1), vec2(1, 1));
  v_at = corners[gl_VertexID] * reach;
  v_ahead = vec2(sin(a_angle), -cos(a_angle));
  v_style = a_style;
  v_colour = u_colours[a_style.y];
  v_doubt = u_colours[7];
  gl_Position = toClip(toPixels(a_place) + v_at);
}`;

export const symbolFragment = `
uniform vec3 u_halo;
uniform vec3 u_select;
uniform float u_bold;
in vec2 v_at;
flat in vec2 v_ahead;
flat in uvec4 v_style;
flat in vec3 v_colour;
flat in vec3 v_doubt;
out vec4 colour;

float segment(vec2 p, vec2 a, vec2 b) {
  vec2 pa = p - a, ba = b - a;
  return length(pa - ba * clamp(dot(pa, ba) / dot(ba, ba), 0.0, 1.0));
}

// Acute isosceles triangle, apex up: signed distance.
float triangle(vec2 p, float halfBase, float height) {
  vec2 apex = vec2(0.0, -height * 0.6), left = vec2(-halfBase, height * 0.4), right = vec2(halfBase, height * 0.4);
  float d = min(min(segment(p, apex, left), segment(p, left, right)), segment(p, right, apex));
  float side = (abs(p.x) - halfBase * (p.y - apex.y) / height);
  bool inside = side < 0.0 && p.y < height * 0.4 && p.y > apex.y;
  return inside ? -d : d;
}

float corners(vec2 p, float size) {
  vec2 q = abs(p);
  float edge = abs(max(q.x, q.y) - size);
  return min(q.x, q.y) > size * 0.45 ? edge : 99.0;
}

void main() {
  // q: the symbol's own axes, apex up.
  vec2 q = vec2(dot(v_at, vec2(-v_ahead.y, v_ahead.x)), -dot(v_at, v_ahead));
  uint form = v_style.x, marks = v_style.z;
  float d = 99.0; // distance to the drawn line
  float fill = 99.0; // signed distance of the body
  bool round = false;
  if (form == 0u) { d = max(0.0, length(v_at) - 1.2); }
  else if (form == 1u) { fill = length(v_at) - 6.0; d = abs(fill); round = true; }
  else if (form == 2u) { fill = triangle(q, 5.5, 17.0); d = abs(fill); }
  else if (form == 3u) { fill = length(v_at) - 10.5; d = min(abs(fill), abs(triangle(q, 4.6, 14.0))); round = true; }
  else if (form == 4u) {
    fill = (abs(v_at.x) + abs(v_at.y) - 8.0) * 0.7071;
    d = min(abs(fill), min(segment(v_at, vec2(-4, 0), vec2(4, 0)), segment(v_at, vec2(0, -4), vec2(0, 4))));
  }
  else if (form == 5u) { fill = max(abs(v_at.x), abs(v_at.y)) - 6.0; d = min(abs(fill), max(0.0, length(v_at) - 1.0)); }
  else if (form == 6u) {
    d = min(min(segment(q, vec2(0, -9), vec2(0, 8)), segment(q, vec2(-9, -1), vec2(9, -1))), segment(q, vec2(-4, 7), vec2(4, 7)));
  }
  else { d = min(abs(length(v_at) - 9.0), abs(length(v_at) - 5.0)); fill = length(v_at) - 9.0; }

  if ((marks & 2u) != 0u) {
    float phase = round ? fract(atan(v_at.y, v_at.x) / 6.2831853 * 8.0) : fract((v_at.x + v_at.y) / 6.0);
    if (phase > 0.55) d = 99.0;
  }
  if ((marks & 1u) != 0u)
    d = min(d, min(segment(v_at, vec2(-9, -9), vec2(9, 9)), segment(v_at, vec2(9, -9), vec2(-9, 9))));

  float half_ = 0.5 * u_bold;
  float line = clamp(half_ + 0.5 - d, 0.0, 1.0);
  float halo = clamp(half_ + 1.6 - d, 0.0, 1.0) * 0.55;
  float body = clamp(0.5 - fill, 0.0, 1.0) * 0.28;
  vec4 under = vec4(u_halo, 1.0) * max(halo, body);
  colour = vec4(v_colour, 1.0) * line + under * (1.0 - line);

  // Doubt: a ring of eight dots outside the symbol. No AIS where there should be some: a disc in it.
  float doubt = 0.0;
  if ((marks & 32u) != 0u) {
    float turn = atan(v_at.y, v_at.x) / 6.2831853 * 8.0;
    float dot_ = length(vec2((fract(turn) - 0.5) * 6.2831853 / 8.0 * 15.0, length(v_at) - 15.0)) - 1.7;
    doubt = clamp(0.5 - dot_, 0.0, 1.0);
  }
  if ((marks & 64u) != 0u) doubt = max(doubt, clamp(4.0 - length(v_at), 0.0, 1.0));
  colour = vec4(v_doubt, 1.0) * doubt + colour * (1.0 - doubt);

  if ((marks & 12u) != 0u) {
    float frame = clamp(((marks & 4u) != 0u ? 1.1 : 0.6) + 0.5 - corners(v_at, 16.0), 0.0, 1.0);
    if ((marks & 4u) == 0u) frame *= 0.6;
    colour = vec4(u_select, 1.0) * frame + colour * (1.0 - frame);
  }
}`;
