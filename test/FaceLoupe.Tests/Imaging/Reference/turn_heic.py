# Adds a turn by 90 degrees ('irot') to the primary picture of a HEIC file, as telephones write it.
import struct,sys
src,dst,angle=sys.argv[1],sys.argv[2],int(sys.argv[3])
d=bytearray(open(src,'rb').read())
def boxes(a,b):
    while a<b:
        n,t=struct.unpack('>I4s',d[a:a+8]); yield a,n,t; a+=n
def find(a,b,t): return next((x,n) for x,n,tt in boxes(a,b) if tt==t)
m,mn=find(0,len(d),b'meta'); p,pn=find(m+12,m+mn,b'iprp'); c,cn=find(p+8,p+pn,b'ipco'); a,an=find(p+8,p+pn,b'ipma')
l,ln=find(m+12,m+mn,b'iloc'); pi,_=find(m+12,m+mn,b'pitm'); primary=struct.unpack('>H',d[pi+12:pi+14])[0]
count=sum(1 for _ in boxes(c+8,c+cn))
irot=struct.pack('>I4sB',9,b'irot',angle)
# ipma version 0 flags 0: entries of (item id 16, n, n x 1 byte)
pos=a+12; n=struct.unpack('>I',d[pos:pos+4])[0]; pos+=4
for _ in range(n):
    item=struct.unpack('>H',d[pos:pos+2])[0]; k=d[pos+2]; end=pos+3+k
    if item==primary: d[pos+2]+=1; ins=end
    pos=end
shift=len(irot)+1
# iloc version 0/1: offset size 4
v=d[l+8]; q=l+12; sizes=struct.unpack('>H',d[q:q+2])[0]; q+=2; assert sizes>>12==4 and (sizes>>8&15)==4, hex(sizes)
base=sizes>>4&15; items=struct.unpack('>H',d[q:q+2])[0]; q+=2
for _ in range(items):
    method=struct.unpack('>H',d[q+2:q+4])[0]&15 if v else 0
    q+=2+(2 if v else 0)+2
    b0=int.from_bytes(d[q:q+base],'big')
    if method==0 and b0: d[q:q+base]=(b0+shift).to_bytes(base,'big')
    q+=base; e=struct.unpack('>H',d[q:q+2])[0]; q+=2
    for _ in range(e):
        o=struct.unpack('>I',d[q:q+4])[0]
        if method==0 and not b0: struct.pack_into('>I',d,q,o+shift)
        q+=8
def grow(at,by): struct.pack_into('>I',d,at,struct.unpack('>I',d[at:at+4])[0]+by)
grow(m,shift); grow(p,shift); grow(c,9); grow(a,1)
d[ins:ins]=bytes([0x80|(count+1)]); d[c+cn:c+cn]=irot
open(dst,'wb').write(d)
