/** A native TensorFlow.js package, and the source of its C library. */
export interface NativePackage {
  name: string;
  version: string;
  /** Version of libtensorflow. */
  libtensorflow: string;
  /** Its variant: names its folder in the cache. */
  build: 'cpu' | 'gpu';
  /** Files to download, once per machine. */
  download: string;
  /** Wheels on PyPI, in the form of pip's requirements files; pip refuses a file with another checksum. */
  wheels: readonly string[];
}

const TFJS = '4.22.0';
const LIBTENSORFLOW = '2.15.1';

/**
 * The packages' own installers fetch libtensorflow from a bucket that is closed to the public. The wheels of
 * TensorFlow for Python contain the same library: `libtensorflow_cc.so.2` exports the whole C API and needs no Python.
 */
export const nativePackages: Record<'cpu' | 'gpu', NativePackage> = {
  cpu: {
    name: '@tensorflow/tfjs-node',
    version: TFJS,
    libtensorflow: LIBTENSORFLOW,
    build: 'cpu',
    download: '207 MB',
    wheels: [
      `tensorflow-cpu==${LIBTENSORFLOW} --hash=sha256:ba9503db2c5357ea21938555323581fbdabf3d051b6bc1b5f73c5b0ae034d077`,
    ],
  },
  gpu: {
    name: '@tensorflow/tfjs-node-gpu',
    version: TFJS,
    libtensorflow: LIBTENSORFLOW,
    build: 'gpu',
    download: '2.3 GB',
    wheels: [
      `tensorflow==${LIBTENSORFLOW} --hash=sha256:ea290e435464cf0794f657b48786e5fa413362abe55ed771c172c25980d070ce`,
      'nvidia-cublas-cu12==12.2.5.6 --hash=sha256:f448d8db463f9a2c7dd9a1e607c0961d3e95f825b86839c5882f7d073d406df0',
      'nvidia-cuda-cupti-cu12==12.2.142 --hash=sha256:ce68d1009dd14215e38ed49643d31374c71d6fea381181cb0b9da7f19dfd1624',
      'nvidia-cuda-nvrtc-cu12==12.2.140 --hash=sha256:b1cdcae6443cb7cdcfb5d1bf51896a148c9f82f9e65b27db9ab095eaed689aa7',
      'nvidia-cuda-runtime-cu12==12.2.140 --hash=sha256:acb9cb7e44594a3512533497ea790d9f0b0e399abcc888584c157d1ffa080e41',
      'nvidia-cudnn-cu12==8.9.4.25 --hash=sha256:9f882d5b11753c566fd32427839089eb4f8ba7a58c28446ad359e32c40229723',
      'nvidia-cufft-cu12==11.0.8.103 --hash=sha256:72e961e578f9be9e316ccb4db8652c421dd0b57442624faa71061d452f449a67',
      'nvidia-curand-cu12==10.3.3.141 --hash=sha256:7b6bad6817b5df2a6f5ec221206fb895d9195fdd7d2443f3e86554108c141a0a',
      'nvidia-cusolver-cu12==11.5.2.141 --hash=sha256:5a85c4653ce34339a5688137f494a0f903e0f0532418550998167f00844161da',
      'nvidia-cusparse-cu12==12.1.2.141 --hash=sha256:4e13d6a51d2303dcb2a023ba09546811161f0334fc64e13689397bbd3b1eb126',
      'nvidia-nccl-cu12==2.16.5 --hash=sha256:84695a4248138fb2ca12f5fd3defe986e790e71ccdaad51b2ca34ca4e83ef421',
      'nvidia-nvjitlink-cu12==12.2.140 --hash=sha256:95635cafbf9f96c38bea5200ab145a2e6aefbb5405e0b04c1e4ba54df2d84ec9',
    ],
  },
};
