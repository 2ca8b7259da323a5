"""What tests/attacks/data-to-data/processing.test.ts compares with: cosine transform, blur, JPEG, crop and resize as SciPy, Pillow and
PyTorch compute them. Run by hand: /usr/bin/python3 tests/reference/processing.py > tests/reference/processing.json"""
import io
import json

import numpy as np
import scipy
import scipy.fft
import scipy.ndimage
import torch
import PIL
from PIL import Image

random = np.random.RandomState(1)
side = 16
waves = np.add.outer(np.sin(np.arange(side) / 2.5), np.cos(np.arange(side) / 3))
picture = np.clip(0.5 + 0.2 * waves + 0.05 * random.randn(side, side), 0, 1)
picture = np.round(picture * 255) / 255
small = random.rand(5, 7)


def jpeg(quality):
    file = io.BytesIO()
    Image.fromarray(np.uint8(np.round(picture * 255)), "L").save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file)) / 255


def blurred(deviation):
    reach = np.ceil(3 * deviation)
    weights = np.exp(-np.arange(-reach, reach + 1) ** 2 / 2 / deviation**2)
    weights /= weights.sum()
    down = scipy.ndimage.correlate1d(picture, weights, 0, mode="nearest")
    return scipy.ndimage.correlate1d(down, weights, 1, mode="nearest")


def cropped(share):
    place = torch.tensor((np.arange(side) + 0.5) * (1 - share) + side * share / 2 - 0.5)
    grid = (2 * place + 1) / side - 1
    grid = torch.stack(torch.meshgrid(grid, grid, indexing="ij")[::-1], -1)[None]
    plain = torch.tensor(picture)[None, None]
    return torch.nn.functional.grid_sample(plain, grid, padding_mode="border", align_corners=False)[0, 0].numpy()


def listed(table):
    return np.round(table, 7).ravel().tolist()


print(
    json.dumps(
        {
            "how": f"SciPy {scipy.__version__}, Pillow {PIL.__version__}, PyTorch {torch.__version__}; see processing.py",
            "small": listed(small),
            "cosines": listed(scipy.fft.dctn(small, norm="ortho")),
            "picture": listed(picture),
            "blurred": {str(d): listed(blurred(d)) for d in (0.7, 1.5)},
            "jpeg": {str(q): listed(jpeg(q)) for q in (60, 30, 5)},
            "cropped": {str(s): listed(cropped(s)) for s in (0.1, 0.25)},
        }
    )
)
