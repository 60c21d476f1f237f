/** Rows that are added up before their sum joins the total: keeps float32 close to the true sum of very many rows. */
const BLOCK_ROWS: i32 = 256;

/** sums[column] = sum over rows of matrix[row][column]: the gradient of a bias, without transposing the matrix. */
export function columnSums(matrix: usize, rows: i32, columns: i32, sums: usize): void {
  const rowBytes = <usize>columns << 2;
  memory.fill(sums, 0, rowBytes);
  for (let firstRow = 0; firstRow < rows; firstRow += BLOCK_ROWS) {
    const count = min(BLOCK_ROWS, rows - firstRow);
    const block = matrix + <usize>firstRow * rowBytes;
    let column = 0;
    for (; column + 16 <= columns; column += 16) {
      addSixteenColumns(block + (<usize>column << 2), count, rowBytes, sums + (<usize>column << 2));
    }
    for (; column < columns; column++) {
      addColumn(block + (<usize>column << 2), count, rowBytes, sums + (<usize>column << 2));
    }
  }
}

function addSixteenColumns(from: usize, rows: i32, rowBytes: usize, sums: usize): void {
  let sum0 = f32x4.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
  for (let row = 0; row < rows; row++) {
    sum0 = f32x4.add(sum0, v128.load(from));
    sum1 = f32x4.add(sum1, v128.load(from, 16));
    sum2 = f32x4.add(sum2, v128.load(from, 32));
    sum3 = f32x4.add(sum3, v128.load(from, 48));
    from += rowBytes;
  }
  v128.store(sums, f32x4.add(v128.load(sums), sum0));
  v128.store(sums, f32x4.add(v128.load(sums, 16), sum1), 16);
  v128.store(sums, f32x4.add(v128.load(sums, 32), sum2), 32);
  v128.store(sums, f32x4.add(v128.load(sums, 48), sum3), 48);
}

function addColumn(from: usize, rows: i32, rowBytes: usize, sums: usize): void {
  let sum: f32 = 0;
  for (let row = 0; row < rows; row++) {
    sum += load<f32>(from);
    from += rowBytes;
  }
  store<f32>(sums, load<f32>(sums) + sum);
}
