"""Reference numbers of PictureQualityTests: SSIM straight from its definition, one window after the other."""
import math

W, H, R, SIGMA = 24, 17, 5, 1.5
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2

real = [[[(x * x + 3 * y * y + 40 * c) % 256 for c in range(3)] for x in range(W)] for y in range(H)]
picture = [[[min(255, max(0, real[y][x][c] + (7 * x + 5 * y + 3 * c) % 60 - 30))
             for c in range(3)] for x in range(W)] for y in range(H)]

window = [[math.exp(-(i * i + j * j) / (2 * SIGMA ** 2)) for i in range(-R, R + 1)] for j in range(-R, R + 1)]
total = sum(map(sum, window))

values = []
for c in range(3):
    for y in range(R, H - R):
        for x in range(R, W - R):
            mp = mr = pp = rr = pr = 0
            for j in range(-R, R + 1):
                for i in range(-R, R + 1):
                    w = window[j + R][i + R] / total
                    p, r = picture[y + j][x + i][c], real[y + j][x + i][c]
                    mp, mr, pp, rr, pr = mp + w * p, mr + w * r, pp + w * p * p, rr + w * r * r, pr + w * p * r
            vp, vr, cov = pp - mp * mp, rr - mr * mr, pr - mp * mr
            values.append((2 * mp * mr + C1) * (2 * cov + C2) / ((mp * mp + mr * mr + C1) * (vp + vr + C2)))

error = sum((real[y][x][c] - picture[y][x][c]) ** 2 for y in range(H) for x in range(W) for c in range(3)) / (W * H * 3)
print("SSIM", sum(values) / len(values))
print("PSNR", 10 * math.log10(255 ** 2 / error))
